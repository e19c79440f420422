package bench.podium.e2e;

import java.util.List;
import java.util.Optional;

/**
 * A death of the operator.
 *
 * @param leadingThere an earlier death that brings the run to this action
 * @param failpoint where it dies, as {@code PODIUM_FAILPOINT_NAME} names it
 * @param run the file in {@code src/test/resources/e2e} that goes along this action
 * @param fault what brings the run to this action
 */
record FailpointCase(Optional<String> leadingThere, String failpoint, String run, StepFault fault) {

  /** As the first column of the actions' tables in docs/controller-flow.md calls it. */
  static final String REMOVE_TARGET_AT_THE_END = "delete-target in the clean-up";

  private static final String ONE = "crash-one";
  private static final String TWO = "crash";
  private static final String LONG = "crash-long";
  private static final String MUTE = "crash-mute";

  private static final String CRASHING = "crash-target";

  /** All of them; those of one run stand together. */
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
        on(ONE, "within delete-stale-worker-jobs", StepFault.WORKER_LOST_BEFORE_START),
        on(ONE, "before replace-workers", StepFault.WORKER_LOST_BEFORE_START),
        on(ONE, "after replace-workers", StepFault.WORKER_LOST_BEFORE_START),
        on(ONE, "before restore-service", StepFault.SERVICE_DELETED),
        on(ONE, "after restore-service", StepFault.SERVICE_DELETED),
        on(LONG, "before discard-attempt", StepFault.WORKER_LOST_IN_MID_STEP),
        on(LONG, "after discard-attempt", StepFault.WORKER_LOST_IN_MID_STEP),
        on(LONG, "before mark-terminated", StepFault.WORKER_LOST_IN_MID_STEP),
        on(LONG, "after mark-terminated", StepFault.WORKER_LOST_IN_MID_STEP),
        on(LONG, "before request-samples", StepFault.COLLECTOR_KILLED_IN_MID_STEP),
        on(LONG, "after request-samples", StepFault.COLLECTOR_KILLED_IN_MID_STEP),
        on(LONG, "after suspend-run", StepFault.SUSPENDED),
        on(MUTE, "before abort-attempt"),
        on(MUTE, "after abort-attempt"),
        on(MUTE, "before terminate-attempt"),
        on(MUTE, "after terminate-attempt"),
        on(MUTE, "before fail-step"),
        on(MUTE, "after fail-step"),
        afterAbsenceAtT0("before request-results"),
        afterAbsenceAtT0("after request-results"),
        on(CRASHING, "before record-crash"),
        on(CRASHING, "after record-crash"),
        on(CRASHING, "before fail-target"),
        on(CRASHING, "within fail-target"));
  }

  /** Those at which the operator dies in its own pod, too. */
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

  /** Who comes back after T0 finds pods that say of the attempt only that they wait. */
  private static FailpointCase afterAbsenceAtT0(String failpoint) {
    return new FailpointCase(Optional.of("before abort-attempt"), failpoint, MUTE, StepFault.NONE);
  }

  /** As the operator's setting names all deaths. */
  String failpoints() {
    return leadingThere.map(earlier -> earlier + ",").orElse("") + failpoint;
  }

  int deaths() {
    return leadingThere.isPresent() ? 2 : 1;
  }

  /** The name of the action. */
  String action() {
    return failpoint.substring(failpoint.indexOf(' ') + 1);
  }

  /** Where in the action: {@code before}, {@code within}, {@code after}. */
  String place() {
    return failpoint.substring(0, failpoint.indexOf(' '));
  }

  /** A run of one target removes it in the clean-up only. */
  String row() {
    return action().equals("delete-target") && run.equals(ONE)
        ? REMOVE_TARGET_AT_THE_END
        : action();
  }

  /** Whether a pod may end without its last word. */
  boolean losesPods() {
    return fault.losesPods() || run.equals(CRASHING);
  }

  @Override
  public String toString() {
    return failpoint + " (" + run + (fault == StepFault.NONE ? ")" : ", " + fault + ")");
  }
}
