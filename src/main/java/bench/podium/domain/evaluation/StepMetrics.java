package bench.podium.domain.evaluation;

import bench.podium.domain.measurement.ConnectionStalls;
import bench.podium.domain.measurement.ConnectionUtilization;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencySummary;
import bench.podium.domain.plan.Slo.LatencyFigure;
import java.util.Optional;

/**
 * The figures of a row, in whole units.
 *
 * @param requests number of replies
 * @param sent number of requests sent
 * @param durationMillis duration of the measured part in the worker that measured longest
 * @param throughput replies per second, summed over the workers
 * @param latency as measured, including lost requests; empty if there was neither a reply in time
 *     nor a lost request
 * @param corrected corrected by the engine for coordinated omission, including lost requests; empty
 *     for an open load
 * @param errorPartsPerMillion errors per million sent requests
 * @param startSkewMicros time between the first requests of the earliest and the latest worker
 * @param startSkewErrorMicros uncertainty of the start skew because of the nodes' clocks
 * @param connectionUtilization empty if Little's law does not apply
 * @param generatorWaitPermille largest share of the time, of all workers, in which the engine
 *     waited for a core; empty if unknown
 * @param open empty for a closed load
 * @param p99JitterMicros standard deviation of the 99th percentiles of all seconds; empty if the
 *     engine has no per-second figures
 * @param spikePermille share of seconds whose 99th percentile is an outlier
 * @param used resource usage of the target; empty if it was not sampled, or not long enough
 * @param replies latency of the replies in time alone; empty if there was none
 * @param stalls waiting time of the connections without a reply; empty for an open load, and if the
 *     engine does not report its connections
 * @param goodReplies replies in time with a status up to 399; a lower bound
 * @param reconnects connections that the target had closed before a request, and that were replaced
 */
public record StepMetrics(
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
    Optional<ConnectionUtilization> connectionUtilization,
    Optional<Integer> generatorWaitPermille,
    Optional<OpenLoad> open,
    Optional<Long> p99JitterMicros,
    Optional<Integer> spikePermille,
    Optional<TargetUsage> used,
    Optional<LatencySummary> replies,
    Optional<Stalls> stalls,
    long goodReplies,
    long reconnects) {

  /**
   * How closely an open load followed its schedule.
   *
   * @param intendedRate average scheduled rate in requests per second
   * @param sendDelay delay of requests after their scheduled time; empty if none was sent
   */
  public record OpenLoad(long intendedRate, Optional<LatencySummary> sendDelay) {

    /** 99th percentile of the send delay in microseconds; 0 if no request was sent. */
    public long sendDelayMicros() {
      return sendDelay.map(LatencySummary::p99Micros).orElse(0L);
    }
  }

  /**
   * Time that the connections of a closed load waited for replies that took longer than the timeout
   * or never came.
   *
   * @param partsPerMillion share of connections x duration, rounded up
   * @param connections number of connections
   * @param waitedMillis sum of these waits
   * @param connectionMillis connections x duration
   * @param unanswered connections that at the end had been waiting for longer than the timeout
   * @param unansweredForMillis the shortest of those waits; 0 if there is none
   */
  public record Stalls(
      long partsPerMillion,
      long connections,
      long waitedMillis,
      long connectionMillis,
      long unanswered,
      long unansweredForMillis) {

    static Stalls of(ConnectionStalls stalls) {
      return new Stalls(
          stalls.partsPerMillion(),
          stalls.connections(),
          stalls.waited().toMillis(),
          stalls.connectionTime().toMillis(),
          stalls.unanswered(),
          stalls.unansweredFor().toMillis());
    }
  }

  /**
   * Resource usage of the target, summed over its replicas.
   *
   * @param cpuMillicores average CPU usage in thousandths of a core
   * @param memoryMaxBytes maximum resident memory
   * @param threadsMax maximum number of threads
   * @param requestsPerCpuSecond replies per second of its CPU time; empty if it used none
   */
  public record TargetUsage(
      long cpuMillicores,
      long memoryMaxBytes,
      int threadsMax,
      Optional<Long> requestsPerCpuSecond) {}

  /** Measured 99th percentile; 0 if there was neither a reply in time nor a lost request. */
  public long latencyP99Micros() {
    return latency.map(LatencySummary::p99Micros).orElse(0L);
  }

  /** Whether the measured 99th percentile is only a lower bound. */
  public boolean latencyP99IsAtLeast() {
    return latency.filter(summary -> summary.isAtLeast(LatencyFigure.P99)).isPresent();
  }

  /** Figure of the replies in time; 0 if there was none. */
  long repliesMicros(LatencyFigure figure) {
    return replies.map(summary -> summary.micros(figure)).orElse(0L);
  }

  /** Whether at least one reply was good: without one, a row never passes. */
  public boolean hasGoodReply() {
    return goodReplies > 0;
  }
}
