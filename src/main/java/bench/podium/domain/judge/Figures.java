package bench.podium.domain.judge;

import bench.podium.domain.measure.BusyConnections;
import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.LatencySummary;
import java.util.Optional;

/**
 * The numbers of a row, in whole units.
 *
 * @param requests replies
 * @param durationMillis of the measured part in the worker that measured longest
 * @param throughput replies a second, summed over the workers
 * @param latency as measured; absent where nothing was answered in time
 * @param corrected as the engine prints it
 * @param errorPartsPerMillion errors in a million sent requests
 * @param startSkewMicros between the first requests of the first and the last worker
 * @param startSkewErrorMicros how far the clocks may err in it
 * @param busyConnections absent where Little's law does not speak
 * @param generatorWaitPermille how much of the time an engine waited for a core, at most; absent
 *     where it is not known
 * @param open absent for a closed load
 * @param p99JitterMicros standard deviation of the seconds' 99th percentiles; absent where the
 *     engine gives no figures by the second
 * @param spikePermille seconds in a thousand with an outstanding 99th percentile
 * @param used what the target used; absent where nobody looked, or not long enough
 */
public record Figures(
    long requests,
    long sent,
    long durationMillis,
    long throughput,
    Optional<LatencySummary> latency,
    Optional<LatencySummary> corrected,
    ErrorCounts errors,
    long errorPartsPerMillion,
    long startSkewMicros,
    long startSkewErrorMicros,
    Optional<BusyConnections> busyConnections,
    Optional<Integer> generatorWaitPermille,
    Optional<OpenLoad> open,
    Optional<Long> p99JitterMicros,
    Optional<Integer> spikePermille,
    Optional<Used> used) {

  /**
   * How well an open load was kept up.
   *
   * @param intended requests a second, on average
   * @param sendDelayMicros how much later than they should 99 of 100 requests went at most
   */
  public record OpenLoad(long intended, long sendDelayMicros) {}

  /**
   * What the target used, all replicas together.
   *
   * @param cpuMillicores on average
   * @param memoryMaxBytes resident, at most
   * @param threadsMax at most
   * @param requestsPerCpuSecond replies for each second of its CPU time; absent where it used none
   */
  public record Used(
      long cpuMillicores,
      long memoryMaxBytes,
      int threadsMax,
      Optional<Long> requestsPerCpuSecond) {}

  /** 0 where nothing was answered in time. */
  public long latencyP99Micros() {
    return latency.map(LatencySummary::p99Micros).orElse(0L);
  }
}
