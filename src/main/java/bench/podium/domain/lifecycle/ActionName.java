package bench.podium.domain.lifecycle;

/**
 * The public names of actions: values of a metric label, names of failpoints, and entries of the
 * documented controller flow. They are not derived from class names, so that renaming a class
 * breaks no dashboard.
 */
public enum ActionName {
  CREATE_WORKERS("create-workers"),
  DELETE_STALE_WORKER_JOBS("delete-stale-worker-jobs"),
  CREATE_TARGET("create-target"),
  RESTORE_SERVICE("restore-service"),
  DELETE_TARGET("delete-target"),
  SCHEDULE_ATTEMPT("schedule-attempt"),
  ARM_WORKERS("arm-workers"),
  MARK_WORKERS_ARMED("mark-workers-armed"),
  ABORT_ATTEMPT("abort-attempt"),
  TERMINATE_ATTEMPT("terminate-attempt"),
  MARK_TERMINATED("mark-terminated"),
  FAIL_STEP("fail-step"),
  REPLACE_WORKERS("replace-workers"),
  REQUEST_RESULTS("request-results"),
  REQUEST_SAMPLES("request-samples"),
  DISCARD_ATTEMPT("discard-attempt"),
  RECORD_STEP("record-step"),
  RECORD_CRASH("record-crash"),
  FAIL_TARGET("fail-target"),
  SUSPEND_RUN("suspend-run"),
  ADVANCE_STEP("advance-step"),
  FINISH_RUN("finish-run"),
  STOP_WORKERS("stop-workers"),
  STOP_COLLECTOR("stop-collector"),
  DELETE_WORKERS("delete-workers"),
  AWAIT("await");

  private final String text;

  ActionName(String text) {
    this.text = text;
  }

  /** The name in kebab case, as in {@code schedule-attempt}. */
  public String text() {
    return text;
  }
}
