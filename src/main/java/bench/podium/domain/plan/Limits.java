package bench.podium.domain.plan;

import java.time.Duration;

/**
 * Where a run stops trying.
 *
 * @param startTimeout for a target to become ready, for the workers to start, for a step to arm
 * @param attempts of one step that may be discarded by a pod, the target or the skew
 * @param maxStartSkew between the first requests of a step's workers
 */
public record Limits(
    Duration startTimeout, int attempts, Duration maxStartSkew, OnTargetFailure onTargetFailure) {

  /** What one target's own failure means for the others. */
  public enum OnTargetFailure {
    CONTINUE,
    STOP
  }
}
