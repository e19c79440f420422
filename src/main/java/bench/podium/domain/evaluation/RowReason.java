package bench.podium.domain.evaluation;

/** Whether a row has figures, or why it has none. */
public enum RowReason {
  MEASURED("Measured"),
  IMAGE_PULL_FAILED("ImagePullFailed"),
  UNSCHEDULABLE("Unschedulable"),
  FORBIDDEN("Forbidden"),
  TARGET_NOT_READY("TargetNotReady"),
  TARGET_RESTARTED("TargetRestarted");

  private final String text;

  RowReason(String text) {
    this.text = text;
  }

  /** The spelling in the API and in metric labels. */
  public String text() {
    return text;
  }
}
