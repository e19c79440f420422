package bench.podium.domain.plan;

import java.time.Duration;

/**
 * The bounds of a run's retries.
 *
 * @param startTimeout for a target to become ready, for the workers to start, and for a step to arm
 * @param attempts how many attempts of one step may be discarded because of a worker, the target or
 *     the start skew, at least 1
 * @param maxStartSkew maximum time between the first requests of a step's workers
 */
public record Limits(
    Duration startTimeout, int attempts, Duration maxStartSkew, OnTargetFailure onTargetFailure) {

  /** What happens to the other targets when one fails. */
  public enum OnTargetFailure {
    CONTINUE,
    STOP
  }
}
