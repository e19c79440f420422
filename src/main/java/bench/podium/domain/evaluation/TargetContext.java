package bench.podium.domain.evaluation;

import bench.podium.domain.measurement.ResourceUsage;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a target's own part in an attempt.
 *
 * @param usage absent where nobody looked, not long enough, or not all of it is known
 * @param lostBy pods whose samples are missing and cannot be had any more
 */
public record TargetContext(Optional<ResourceUsage> usage, List<String> lostBy) {

  public TargetContext {
    lostBy = List.copyOf(lostBy);
  }

  /** Of a target without a collector. */
  public static TargetContext unobserved() {
    return new TargetContext(Optional.empty(), List.of());
  }
}
