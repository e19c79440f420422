package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.StepAssessment;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.util.List;

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
        .intendedAt()
        .flatMap(intended -> target.lastStart().filter(start -> !start.isBefore(intended)))
        .isPresent();
  }

  /** It started again, or is not there any more. */
  List<Decision> voidAttempt() {
    return voidOrEnd(
        "TargetRestarted: target %s restarted or went".formatted(step.target()),
        new Decision.EndTarget(
            plan.steps().stream()
                .filter(left -> left.target().equals(step.target()))
                .filter(left -> left.index() >= step.index())
                .map(left -> StepAssessment.restarted(left, target.restarts(), target.oomKills()))
                .toList()));
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
