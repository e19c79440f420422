package bench.podium.domain.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One look at all processes of a target's pod.
 *
 * @param index counts the collector's looks from 0, without a gap
 * @param takenAt by the pod's clock
 * @param cpu time on a core since the pod began, of its processes and of those that have ended
 * @param memoryBytes resident at this moment, of all processes
 * @param threads at this moment, of all processes
 * @param mainStarts when the main process of each of the target's containers started, in the
 *     kernel's ticks since the node's boot; without one that has ended, and empty where the
 *     collector cannot tell
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

  /** By a collector that cannot tell when a process started. */
  public TargetSample(long index, Instant takenAt, Duration cpu, long memoryBytes, int threads) {
    this(index, takenAt, cpu, memoryBytes, threads, List.of());
  }
}
