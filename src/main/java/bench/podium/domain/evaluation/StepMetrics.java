package bench.podium.domain.evaluation;

import bench.podium.domain.measurement.ConnectionStalls;
import bench.podium.domain.measurement.ConnectionUtilization;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencySummary;
import bench.podium.domain.plan.Slo.LatencyFigure;
import java.util.Optional;

/**
 * The numbers of a row, in whole units.
 *
 * @param requests replies
 * @param durationMillis of the measured part in the worker that measured longest
 * @param throughput replies a second, summed over the workers
 * @param latency as measured, with lost requests among it; absent where there was neither a reply
 *     in time nor a lost request
 * @param corrected as the engine prints it, and with what its correction makes of lost requests
 * @param errorPartsPerMillion errors in a million sent requests
 * @param startSkewMicros between the first requests of the first and the last worker
 * @param startSkewErrorMicros how far the clocks may err in it
 * @param connectionUtilization absent where Little's law does not speak
 * @param generatorWaitPermille how much of the time an engine waited for a core, at most; absent
 *     where it is not known
 * @param open absent for a closed load
 * @param p99JitterMicros standard deviation of the seconds' 99th percentiles; absent where the
 *     engine gives no figures by the second
 * @param spikePermille seconds in a thousand with an outstanding 99th percentile
 * @param used what the target used; absent where nobody looked, or not long enough
 * @param replies latency of the replies that came in time alone; absent where there was none
 * @param stalls for how long connections waited in vain; absent for an open load, and where the
 *     engine does not show its connections
 * @param goodReplies in time and with a status up to 399, at least
 * @param reconnects connections that were found closed before a request, and replaced
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
   * How well an open load was kept up.
   *
   * @param intendedRate requests a second, on average
   * @param sendDelay how much later than they should requests went; absent where none was sent
   */
  public record OpenLoad(long intendedRate, Optional<LatencySummary> sendDelay) {

    /** How much later than they should 99 of 100 requests went at most; 0 where none was sent. */
    public long sendDelayMicros() {
      return sendDelay.map(LatencySummary::p99Micros).orElse(0L);
    }
  }

  /**
   * For how long the connections of a closed load waited in vain.
   *
   * @param partsPerMillion of their time, rounded up
   * @param waitedMillis all of these waits together
   * @param connectionMillis connections x duration
   * @param unanswered connections that were waiting at the end, for longer than the timeout
   * @param unansweredForMillis the shortest of those waits; 0 where there is none
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
   * What the target used, all replicas together.
   *
   * @param cpuMillicores on average
   * @param memoryMaxBytes resident, at most
   * @param threadsMax at most
   * @param requestsPerCpuSecond replies for each second of its CPU time; absent where it used none
   */
  public record TargetUsage(
      long cpuMillicores,
      long memoryMaxBytes,
      int threadsMax,
      Optional<Long> requestsPerCpuSecond) {}

  /** 0 where there was neither a reply in time nor a lost request. */
  public long latencyP99Micros() {
    return latency.map(LatencySummary::p99Micros).orElse(0L);
  }

  /** Whether the 99th percentile is only a lower bound. */
  public boolean latencyP99IsAtLeast() {
    return latency.filter(summary -> summary.isAtLeast(LatencyFigure.P99)).isPresent();
  }

  /** Of the replies that came in time; 0 where there was none. */
  long repliesMicros(LatencyFigure figure) {
    return replies.map(summary -> summary.micros(figure)).orElse(0L);
  }

  /** Without one, a target cannot be said to work. */
  public boolean hasGoodReply() {
    return goodReplies > 0;
  }
}
