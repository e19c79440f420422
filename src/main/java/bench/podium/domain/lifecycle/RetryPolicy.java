package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.plan.RunPlan;
import java.util.List;

/**
 * Decides what follows a discarded attempt: another one, until {@code limits.attempts} are used up.
 */
final class RetryPolicy {

  private RetryPolicy() {}

  /**
   * For attempts that were discarded because of workers or start skew: the run ends once the
   * attempts are used up.
   */
  static List<RunAction> discardOrFail(RunPlan plan, Progress discarded, String why) {
    return List.of(
        exhausted(plan, discarded)
            ? new RunAction.FinishRun(
                FinishReason.ATTEMPTS_EXHAUSTED,
                Verdict.INCONCLUSIVE,
                "%d attempts of step %d were discarded; the last: %s"
                    .formatted(discarded.attempt().discarded(), discarded.step() + 1, why))
            : new RunAction.DiscardAttempt(discarded, why));
  }

  static boolean exhausted(RunPlan plan, Progress discarded) {
    return discarded.attempt().discarded() >= plan.limits().attempts();
  }
}
