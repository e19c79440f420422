package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.Verdict;

/**
 * How a step ends without a result. It is decided while an attempt is in progress, and carried out
 * once its load has ended.
 */
public sealed interface StepFailure {

  /** Message that says why. */
  String message();

  /** The target fails: its remaining steps get rows without figures. */
  record TargetFailed(RowReason reason, String message, int restarts, int oomKills)
      implements StepFailure {}

  /** The run finishes. */
  record RunFailed(FinishReason reason, Verdict verdict, String message) implements StepFailure {}
}
