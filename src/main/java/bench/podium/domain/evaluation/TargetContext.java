package bench.podium.domain.evaluation;

import bench.podium.domain.measurement.ResourceUsage;
import java.util.List;
import java.util.Optional;

/**
 * What the collectors have measured of a target during an attempt.
 *
 * @param usage absent without a collector, with fewer than two samples of a pod, or where samples
 *     are missing
 * @param podsWithLostSamples names of the pods of which samples are missing for good
 */
public record TargetContext(Optional<ResourceUsage> usage, List<String> podsWithLostSamples) {

  public TargetContext {
    podsWithLostSamples = List.copyOf(podsWithLostSamples);
  }

  /** The context of a target without a collector. */
  public static TargetContext withoutCollector() {
    return new TargetContext(Optional.empty(), List.of());
  }
}
