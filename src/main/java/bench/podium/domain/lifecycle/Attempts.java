package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.Verdict;
import bench.podium.domain.plan.RunPlan;
import java.util.List;

/** What a void attempt leads to: another, until {@code limits.attempts} are used up. */
final class Attempts {

  private Attempts() {}

  /** Where load pods or the skew are why: the run ends once the attempts are used up. */
  static List<Decision> voidOrEnd(RunPlan plan, Progress voided, String why) {
    return List.of(
        exhausted(plan, voided)
            ? new Decision.FinishRun(
                FinishReason.ATTEMPTS_EXHAUSTED,
                Verdict.INCONCLUSIVE,
                "%d attempts of step %d were void; the last: %s"
                    .formatted(voided.atHand().voided(), voided.step() + 1, why))
            : new Decision.VoidAttempt(voided, why));
  }

  static boolean exhausted(RunPlan plan, Progress voided) {
    return voided.atHand().voided() >= plan.limits().attempts();
  }
}
