package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a target used while it was measured, all replicas together.
 *
 * @param cpuMillicores thousandths of a core on average, between the first and the last look at
 *     each replica
 * @param memoryMaxBytes resident: the sum of each replica's most
 * @param threadsMax the sum of each replica's most
 */
public record ResourceUsage(long cpuMillicores, long memoryMaxBytes, int threadsMax) {

  private static final double MILLI = 1000;

  /**
   * @param replicas the samples of each within the measured time, in order
   * @return empty where there are fewer than two of a replica: CPU time is a difference
   */
  public static Optional<ResourceUsage> of(List<List<TargetSample>> replicas) {
    if (replicas.isEmpty() || replicas.stream().anyMatch(samples -> samples.size() < 2)) {
      return Optional.empty();
    }
    return Optional.of(
        new ResourceUsage(
            Math.round(replicas.stream().mapToDouble(ResourceUsage::cores).sum() * MILLI),
            replicas.stream().mapToLong(ResourceUsage::memoryBytes).sum(),
            replicas.stream().mapToInt(ResourceUsage::threads).sum()));
  }

  /**
   * Requests for each second of the target's CPU time: the figure that a machine shared with the
   * load bends least. Absent where the target used no CPU time that could be seen.
   *
   * @param perSecond requests
   */
  public Optional<Long> requestsPerCpuSecond(double perSecond) {
    return cpuMillicores == 0
        ? Optional.empty()
        : Optional.of(Math.round(perSecond * MILLI / cpuMillicores));
  }

  /** A process that ended and was not waited for by its parent takes its time with it. */
  private static double cores(List<TargetSample> samples) {
    TargetSample first = samples.getFirst();
    TargetSample last = samples.getLast();
    long elapsed = Duration.between(first.takenAt(), last.takenAt()).toNanos();
    long used = last.cpu().minus(first.cpu()).toNanos();
    return elapsed <= 0 ? 0 : Math.max(0.0, (double) used / elapsed);
  }

  private static long memoryBytes(List<TargetSample> samples) {
    return samples.stream()
        .map(TargetSample::memoryBytes)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static int threads(List<TargetSample> samples) {
    return samples.stream().map(TargetSample::threads).max(Comparator.naturalOrder()).orElseThrow();
  }
}
