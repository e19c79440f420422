package bench.podium.status;

/** The condition types of a run; the first status write sets all of them. */
public enum ConditionType {
  ACCEPTED("Accepted"),
  ADMITTED("Admitted"),
  TARGETS_READY("TargetsReady"),
  WORKERS_READY("WorkersReady"),
  FINISHED("Finished"),
  SUCCEEDED("Succeeded"),
  READY("Ready"),
  RECONCILING("Reconciling"),
  STALLED("Stalled");

  private final String text;

  ConditionType(String text) {
    this.text = text;
  }

  /** The type as written in the status. */
  public String text() {
    return text;
  }
}
