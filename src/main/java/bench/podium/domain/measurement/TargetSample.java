package bench.podium.domain.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One sample of the resource usage of all processes of a target's pod.
 *
 * @param index counts the collector's samples from 0, without a gap
 * @param takenAt by the pod's clock
 * @param cpu CPU time since the pod started, of its processes and of those that have ended
 * @param memoryBytes resident memory of all processes
 * @param threads number of threads of all processes
 * @param mainStarts when the main process of each of the target's containers started, in kernel
 *     ticks since the node's boot; processes that have ended are left out; empty where the start
 *     times are unknown
 */
public record TargetSample(
    long index,
    Instant takenAt,
    Duration cpu,
    long memoryBytes,
    int threads,
    List<Long> mainStarts) {

  public TargetSample {
    mainStarts = List.copyOf(mainStarts);
  }

  /** A sample without the start times of the main processes. */
  public TargetSample(long index, Instant takenAt, Duration cpu, long memoryBytes, int threads) {
    this(index, takenAt, cpu, memoryBytes, threads, List.of());
  }
}
