package bench.podium.status;

/** Every reason of a condition; {@link ReasonGuide} explains each of them. */
public enum Reason {
  NOT_YET_KNOWN("NotYetKnown"),
  VALID("Valid"),
  INVALID("Invalid"),
  DEADLINE_TOO_SHORT("DeadlineTooShort"),
  UNSUPPORTED("Unsupported"),
  ADMITTED("Admitted"),
  QUEUED("Queued"),
  SUSPENDED("Suspended"),
  NO_PROGRESS("NoProgress"),
  READY("Ready"),
  PENDING("Pending"),
  IMAGE_PULL_FAILED("ImagePullFailed"),
  UNSCHEDULABLE("Unschedulable"),
  FORBIDDEN("Forbidden"),
  TARGET_NOT_READY("TargetNotReady"),
  NOT_ARMED("NotArmed"),
  WORKER_OOM_KILLED("WorkerOOMKilled"),
  RUNNING("Running"),
  COMPLETED("Completed"),
  DEADLINE_EXCEEDED("DeadlineExceeded"),
  CANCELLED("Cancelled"),
  ABORTED("Aborted"),
  ATTEMPTS_EXHAUSTED("AttemptsExhausted"),
  TARGETS_FAILED("TargetsFailed"),
  WORKERS_FAILED("WorkersFailed"),
  NOT_STARTED("NotStarted"),
  PASSED("Passed"),
  FAILED("Failed"),
  INCONCLUSIVE("Inconclusive"),
  ERROR("Error"),
  COUNTS_DIFFER("CountsDiffer"),
  GENERATOR_SATURATED("GeneratorSaturated"),
  RATE_MISSED("RateMissed"),
  GENERATOR_STARVED("GeneratorStarved"),
  SAMPLES_LOST("SamplesLost"),
  WORKER_MISSING("WorkerMissing"),
  START_SKEW("StartSkew"),
  TARGET_RESTARTED("TargetRestarted"),
  CLOCK_NOT_SYNCHRONISED("ClockNotSynchronised");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** The reason as written in the status. */
  public String text() {
    return text;
  }
}
