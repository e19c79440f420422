package bench.podium.e2e;

import java.util.List;
import java.util.Optional;

/**
 * A death of the operator.
 *
 * @param leadingThere an earlier death that brings the run to this arrow
 * @param failpoint where it dies, as {@code PODIUM_FAILPOINT_NAME} names it
 * @param run the file in {@code src/test/resources/e2e} that goes along this arrow
 * @param mishap what brings the run to this arrow
 */
record FailpointCase(Optional<String> leadingThere, String failpoint, String run, Mishap mishap) {

  /** As the first column of the arrows' tables in docs/controller-flow.md calls it. */
  static final String REMOVE_TARGET_AT_THE_END = "remove-target in the clean-up";

  private static final String ONE = "crash-one";
  private static final String TWO = "crash";
  private static final String LONG = "crash-long";
  private static final String MUTE = "crash-mute";

  private static final String CRASHING = "crash-target";

  /** All of them; those of one run stand together. */
  static List<FailpointCase> all() {
    return List.of(
        on(ONE, "after await"),
        on(ONE, "before deploy-load"),
        on(ONE, "within deploy-load"),
        on(ONE, "within deploy-target"),
        on(ONE, "after deploy-target"),
        on(ONE, "after intend-step"),
        on(ONE, "after arm-workers"),
        on(ONE, "after note-armed"),
        on(ONE, "before record-step"),
        on(ONE, "within record-step"),
        on(ONE, "after record-step"),
        on(ONE, "before finish-run"),
        on(ONE, "after finish-run"),
        on(ONE, "after say-finish"),
        on(ONE, "within remove-load"),
        on(ONE, "within remove-target"),
        on(ONE, "after remove-target"),
        on(TWO, "after advance-step"),
        on(TWO, "after finish-observer"),
        on(TWO, "within remove-target"),
        on(TWO, "after remove-target"),
        on(ONE, "within remove-old-loads", Mishap.LOAD_POD_LOST_BEFORE_START),
        on(ONE, "before replace-load", Mishap.LOAD_POD_LOST_BEFORE_START),
        on(ONE, "after replace-load", Mishap.LOAD_POD_LOST_BEFORE_START),
        on(ONE, "before reopen-target", Mishap.SERVICE_DELETED),
        on(ONE, "after reopen-target", Mishap.SERVICE_DELETED),
        on(LONG, "before void-attempt", Mishap.LOAD_POD_LOST_IN_MID_STEP),
        on(LONG, "after void-attempt", Mishap.LOAD_POD_LOST_IN_MID_STEP),
        on(LONG, "before note-ended", Mishap.LOAD_POD_LOST_IN_MID_STEP),
        on(LONG, "after note-ended", Mishap.LOAD_POD_LOST_IN_MID_STEP),
        on(LONG, "before ask-for-samples", Mishap.OBSERVER_KILLED_IN_MID_STEP),
        on(LONG, "after ask-for-samples", Mishap.OBSERVER_KILLED_IN_MID_STEP),
        on(LONG, "after suspend-run", Mishap.SUSPENDED),
        on(MUTE, "before call-off-step"),
        on(MUTE, "after call-off-step"),
        on(MUTE, "before stop-attempt"),
        on(MUTE, "after stop-attempt"),
        on(MUTE, "before give-up-step"),
        on(MUTE, "after give-up-step"),
        afterAbsenceAtT0("before ask-again"),
        afterAbsenceAtT0("after ask-again"),
        on(CRASHING, "before record-crash"),
        on(CRASHING, "after record-crash"),
        on(CRASHING, "before end-target"),
        on(CRASHING, "within end-target"));
  }

  /** Those at which the operator dies in its own pod, too. */
  static List<FailpointCase> inPod() {
    return List.of(
        on(ONE, "after arm-workers"),
        on(ONE, "within record-step"),
        on(TWO, "within remove-target"));
  }

  private static FailpointCase on(String run, String failpoint) {
    return on(run, failpoint, Mishap.NONE);
  }

  private static FailpointCase on(String run, String failpoint, Mishap mishap) {
    return new FailpointCase(Optional.empty(), failpoint, run, mishap);
  }

  /** Who comes back after T0 finds pods that say of the attempt only that they wait. */
  private static FailpointCase afterAbsenceAtT0(String failpoint) {
    return new FailpointCase(Optional.of("before call-off-step"), failpoint, MUTE, Mishap.NONE);
  }

  /** As the operator's setting names all deaths. */
  String failpoints() {
    return leadingThere.map(earlier -> earlier + ",").orElse("") + failpoint;
  }

  int deaths() {
    return leadingThere.isPresent() ? 2 : 1;
  }

  /** The name of the arrow. */
  String arrow() {
    return failpoint.substring(failpoint.indexOf(' ') + 1);
  }

  /** Where in the arrow: {@code before}, {@code within}, {@code after}. */
  String place() {
    return failpoint.substring(0, failpoint.indexOf(' '));
  }

  /** A run of one target removes it in the clean-up only. */
  String row() {
    return arrow().equals("remove-target") && run.equals(ONE) ? REMOVE_TARGET_AT_THE_END : arrow();
  }

  /** Whether a pod may end without its last word. */
  boolean losesPods() {
    return mishap.losesPods() || run.equals(CRASHING);
  }

  @Override
  public String toString() {
    return failpoint + " (" + run + (mishap == Mishap.NONE ? ")" : ", " + mishap + ")");
  }
}
