package bench.podium.e2e;

import java.util.List;
import java.util.Optional;

/**
 * A failpoint at which the operator is killed.
 *
 * @param earlierFailpoint a failpoint before it that makes the run reach this action
 * @param failpoint in the format of {@code PODIUM_FAILPOINT_NAME}
 * @param run name of a file in {@code src/test/resources/e2e} whose run reaches this action
 * @param fault a fault that makes the run reach this action
 */
record FailpointCase(
    Optional<String> earlierFailpoint, String failpoint, String run, StepFault fault) {

  /** Its name in the first column of the tables in docs/controller-flow.md. */
  static final String DELETE_TARGET_IN_CLEAN_UP = "delete-target in the clean-up";

  private static final String ONE = "crash-one";
  private static final String TWO = "crash";
  private static final String LONG = "crash-long";
  private static final String MUTE = "crash-mute";

  private static final String CRASHING = "crash-target";

  /** All cases, grouped by run. */
  static List<FailpointCase> all() {
    return List.of(
        on(ONE, "after await"),
        on(ONE, "before create-workers"),
        on(ONE, "within create-workers"),
        on(ONE, "within create-target"),
        on(ONE, "after create-target"),
        on(ONE, "after schedule-attempt"),
        on(ONE, "after arm-workers"),
        on(ONE, "after mark-workers-armed"),
        on(ONE, "before record-step"),
        on(ONE, "within record-step"),
        on(ONE, "after record-step"),
        on(ONE, "before finish-run"),
        on(ONE, "after finish-run"),
        on(ONE, "after stop-workers"),
        on(ONE, "within delete-workers"),
        on(ONE, "within delete-target"),
        on(ONE, "after delete-target"),
        on(TWO, "after advance-step"),
        on(TWO, "after stop-collector"),
        on(TWO, "within delete-target"),
        on(TWO, "after delete-target"),
        on(ONE, "within delete-stale-worker-jobs", StepFault.WORKER_DELETED_BEFORE_START),
        on(ONE, "before replace-workers", StepFault.WORKER_DELETED_BEFORE_START),
        on(ONE, "after replace-workers", StepFault.WORKER_DELETED_BEFORE_START),
        on(ONE, "before restore-service", StepFault.SERVICE_DELETED),
        on(ONE, "after restore-service", StepFault.SERVICE_DELETED),
        on(LONG, "before discard-attempt", StepFault.WORKER_DELETED_IN_MID_STEP),
        on(LONG, "after discard-attempt", StepFault.WORKER_DELETED_IN_MID_STEP),
        on(LONG, "before mark-terminated", StepFault.WORKER_DELETED_IN_MID_STEP),
        on(LONG, "after mark-terminated", StepFault.WORKER_DELETED_IN_MID_STEP),
        on(LONG, "before request-samples", StepFault.COLLECTOR_KILLED_IN_MID_STEP),
        on(LONG, "after request-samples", StepFault.COLLECTOR_KILLED_IN_MID_STEP),
        on(LONG, "after suspend-run", StepFault.RUN_SUSPENDED_IN_MID_STEP),
        on(MUTE, "before abort-attempt"),
        on(MUTE, "after abort-attempt"),
        on(MUTE, "before terminate-attempt"),
        on(MUTE, "after terminate-attempt"),
        on(MUTE, "before fail-step"),
        on(MUTE, "after fail-step"),
        operatorDownAtT0("before request-results"),
        operatorDownAtT0("after request-results"),
        on(CRASHING, "before record-crash"),
        on(CRASHING, "after record-crash"),
        on(CRASHING, "before fail-target"),
        on(CRASHING, "within fail-target"));
  }

  /** The cases in which the operator is also killed in its own pod. */
  static List<FailpointCase> inPod() {
    return List.of(
        on(ONE, "after arm-workers"),
        on(ONE, "within record-step"),
        on(TWO, "within delete-target"));
  }

  private static FailpointCase on(String run, String failpoint) {
    return on(run, failpoint, StepFault.NONE);
  }

  private static FailpointCase on(String run, String failpoint, StepFault fault) {
    return new FailpointCase(Optional.empty(), failpoint, run, fault);
  }

  /** An operator that starts after T0 finds workers that have only reported that they wait. */
  private static FailpointCase operatorDownAtT0(String failpoint) {
    return new FailpointCase(Optional.of("before abort-attempt"), failpoint, MUTE, StepFault.NONE);
  }

  /** All failpoints in the format of {@code PODIUM_FAILPOINT_NAME}. */
  String failpoints() {
    return earlierFailpoint.map(earlier -> earlier + ",").orElse("") + failpoint;
  }

  int kills() {
    return earlierFailpoint.isPresent() ? 2 : 1;
  }

  /** The name of the action. */
  String action() {
    return failpoint.substring(failpoint.indexOf(' ') + 1);
  }

  /** The position in the action: {@code before}, {@code within} or {@code after}. */
  String position() {
    return failpoint.substring(0, failpoint.indexOf(' '));
  }

  /** The row in the docs; a run with one target deletes it in the clean-up only. */
  String row() {
    return action().equals("delete-target") && run.equals(ONE)
        ? DELETE_TARGET_IN_CLEAN_UP
        : action();
  }

  /** Whether a pod may end without its final message. */
  boolean losesPods() {
    return fault.losesPods() || run.equals(CRASHING);
  }

  @Override
  public String toString() {
    return failpoint + " (" + run + (fault == StepFault.NONE ? ")" : ", " + fault + ")");
  }
}
