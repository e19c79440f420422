package bench.podium.domain.lifecycle;

/** Why a run is over. */
public enum FinishReason {
  COMPLETED("Completed"),
  DEADLINE_EXCEEDED("DeadlineExceeded"),
  CANCELLED("Cancelled"),
  /** What stands written of it cannot be gone on with. */
  ABORTED("Aborted"),
  ATTEMPTS_EXHAUSTED("AttemptsExhausted"),
  TARGETS_FAILED("TargetsFailed"),
  WORKERS_FAILED("WorkersFailed"),
  NOT_STARTED("NotStarted");

  private final String text;

  FinishReason(String text) {
    this.text = text;
  }

  /** As it stands in the API and in metric labels. */
  public String text() {
    return text;
  }
}
