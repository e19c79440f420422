package bench.podium.events;

/** The reasons of the Events of a run. */
public enum EventReason {
  QUEUED("Queued"),
  ADMITTED("Admitted"),
  SUSPENDED("Suspended"),
  NO_PROGRESS("NoProgress"),
  RESUMED("Resumed"),
  TARGET_READY("TargetReady"),
  TARGET_FAILED("TargetFailed"),
  TARGET_REMOVAL_OVERDUE("TargetRemovalOverdue"),
  STEP_RECORDED("StepRecorded"),
  ATTEMPT_ABORTED("AttemptAborted"),
  ATTEMPT_DISCARDED("AttemptDiscarded"),
  WORKERS_REPLACED("WorkersReplaced"),
  RETAINED_PODS_REMOVED("RetainedPodsRemoved"),
  POD_REMOVAL_OVERDUE("PodRemovalOverdue"),
  RUN_REJECTED("RunRejected"),
  FINISHED("Finished");

  private final String text;

  EventReason(String text) {
    this.text = text;
  }

  /** The reason as written in the Event. */
  public String text() {
    return text;
  }
}
