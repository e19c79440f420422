package bench.podium.domain.lifecycle;

/** Why a run has finished. */
public enum FinishReason {
  COMPLETED("Completed"),
  DEADLINE_EXCEEDED("DeadlineExceeded"),
  CANCELLED("Cancelled"),
  /** Its records are not readable, so that it cannot continue. */
  ABORTED("Aborted"),
  ATTEMPTS_EXHAUSTED("AttemptsExhausted"),
  TARGETS_FAILED("TargetsFailed"),
  WORKERS_FAILED("WorkersFailed"),
  NOT_STARTED("NotStarted");

  private final String text;

  FinishReason(String text) {
    this.text = text;
  }

  /** The spelling in the API and in metric labels. */
  public String text() {
    return text;
  }
}
