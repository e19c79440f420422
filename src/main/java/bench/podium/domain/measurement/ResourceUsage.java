package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The resources that a target used in the measured part, summed over its replicas.
 *
 * @param cpuMillicores average CPU usage in thousandths of a core, between the first and the last
 *     sample of each replica
 * @param memoryMaxBytes resident memory: the sum of each replica's maximum
 * @param threadsMax number of threads: the sum of each replica's maximum
 */
public record ResourceUsage(long cpuMillicores, long memoryMaxBytes, int threadsMax) {

  private static final double MILLI = 1000;

  /**
   * Computes the usage from samples.
   *
   * @param replicas the samples of each replica in the measured part, in order
   * @return empty with fewer than two samples of a replica: CPU time is a difference
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
   * Requests per second of the target's CPU time: the figure that suffers least from sharing a
   * machine with the load.
   *
   * @param perSecond requests per second
   * @return empty where the target used less than half a millicore
   */
  public Optional<Long> requestsPerCpuSecond(double perSecond) {
    return cpuMillicores == 0
        ? Optional.empty()
        : Optional.of(Math.round(perSecond * MILLI / cpuMillicores));
  }

  /**
   * At least 0: the CPU time of a process is lost when it ends and its parent does not wait for it.
   */
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
