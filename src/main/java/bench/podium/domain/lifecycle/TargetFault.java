package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.StepAssessment;
import bench.podium.domain.measure.WorkerMeasurement;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An attempt that cannot be used because of its target: repeated, until the target is given up. */
final class TargetFault {

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final Observation seen;
  private final TargetObservation target;

  TargetFault(RunPlan plan, Step step, Progress progress, Observation seen) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.seen = seen;
    this.target = seen.target(step.target()).orElseThrow();
  }

  /** Whether it started again since the current attempt was intended. */
  boolean restarted() {
    return progress
        .atHand()
        .intendedAt()
        .flatMap(intended -> target.lastStart().filter(start -> !start.isBefore(intended)))
        .isPresent();
  }

  /**
   * Where connections broke the target may have gone with them, which Kubernetes says only some
   * time after: a wait for that, unless it is over.
   */
  Optional<Decision> mayShowYet(List<WorkerMeasurement> measurements, Instant now) {
    boolean broke = measurements.stream().anyMatch(measured -> measured.errors().connections() > 0);
    return progress
        .t0()
        .filter(t0 -> broke)
        .map(t0 -> t0.plus(Timing.load(plan.load(), step)).plus(Timing.RESTART_SHOWS))
        .filter(now::isBefore)
        .map(
            shows ->
                new Decision.Await(
                    Duration.between(now, shows), "whether the target went with its connections"));
  }

  /**
   * Whether connections broke, or got no answer, for want of a Service. Those that stood before
   * outlive it: an attempt without such errors is sound.
   */
  boolean wasCutOff(List<WorkerMeasurement> measurements) {
    return target.state() instanceof TargetObservation.State.CutOff
        && measurements.stream()
            .map(WorkerMeasurement::errors)
            .anyMatch(errors -> errors.connections() + errors.timeout() > 0);
  }

  /** It started again, or is not there any more. */
  List<Decision> voidAttempt() {
    return voidOrEnd(
        "TargetRestarted: target %s restarted or went".formatted(step.target()),
        target.restarts() > 0
            ? endRestarted("restarted in every attempt")
            : end(Remedy.ofReplacement("its pod was replaced in every attempt")));
  }

  /** Whether it restarted in this step: that it is not ready then says less. */
  boolean crashed() {
    return progress.atHand().voided() > 0 && target.restarts() > 0;
  }

  /** Gives up a target that crashed and has not come back. */
  Decision endCrashed() {
    return endRestarted(
        "restarted, and not ready again within limits.startTimeout of %ss"
            .formatted(plan.limits().startTimeout().toSeconds()));
  }

  private Decision endRestarted(String how) {
    return end(Remedy.ofRestarts(target.oomKills(), how));
  }

  private Decision end(String message) {
    return new Decision.EndTarget(
        plan.steps().stream()
            .filter(left -> left.target().equals(step.target()))
            .filter(left -> left.index() >= step.index())
            .map(
                left ->
                    StepAssessment.restarted(left, message, target.restarts(), target.oomKills()))
            .toList());
  }

  /** A load pod says that it could not be loaded. */
  List<Decision> voidAttempt(String why) {
    return voidOrEnd(
        "TargetNotReady: " + why,
        TargetSequence.endTarget(
            plan, seen, step.target(), new Trouble(Trouble.Kind.NOT_READY, why)));
  }

  private List<Decision> voidOrEnd(String why, Decision end) {
    Progress voided = progress.voidAttempt();
    return List.of(Attempts.exhausted(plan, voided) ? end : new Decision.VoidAttempt(voided, why));
  }
}
