package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.RowReason;
import bench.podium.domain.judge.Verdict;

/**
 * What ends a step without a result: decided while an attempt was under way, and carried out once
 * its load is over.
 */
public sealed interface StepEnd {

  /** For a person. */
  String message();

  /** The target gets rows without figures. */
  record TargetEnds(RowReason reason, String message, int restarts, int oomKills)
      implements StepEnd {}

  /** The run ends. */
  record RunEnds(FinishReason reason, Verdict verdict, String message) implements StepEnd {}
}
