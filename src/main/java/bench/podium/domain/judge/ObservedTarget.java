package bench.podium.domain.judge;

import bench.podium.domain.measure.TargetUsage;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a target's own part in an attempt.
 *
 * @param usage absent where nobody looked, not long enough, or not all of it is known
 * @param lostBy pods whose samples are missing and cannot be had any more
 */
public record ObservedTarget(Optional<TargetUsage> usage, List<String> lostBy) {

  public ObservedTarget {
    lostBy = List.copyOf(lostBy);
  }

  /** Of a target without an observer. */
  public static ObservedTarget unobserved() {
    return new ObservedTarget(Optional.empty(), List.of());
  }
}
