package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.Verdict;

/**
 * What ends a step without a result: decided while an attempt was under way, and carried out once
 * its load is over.
 */
public sealed interface StepFailure {

  /** For a person. */
  String message();

  /** The target gets rows without figures. */
  record TargetTerminations(RowReason reason, String message, int restarts, int oomKills)
      implements StepFailure {}

  /** The run ends. */
  record RunEnds(FinishReason reason, Verdict verdict, String message) implements StepFailure {}
}
