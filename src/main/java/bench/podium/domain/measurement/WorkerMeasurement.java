package bench.podium.domain.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the engine of one worker measured in the measured part of one step.
 *
 * @param worker index of the worker, from 0
 * @param offered the load that this worker was to apply
 * @param requests replies that were read completely, in time or late
 * @param sent requests that were handed to a connection
 * @param bytes bytes that were read
 * @param duration duration of the measured part by the engine's own clock
 * @param errors failed requests; the timeouts include {@code unanswered}
 * @param unanswered requests that had no reply when the step ended and were sent longer ago than
 *     the timeout; they are added for engines that do not count them (wrk)
 * @param firstRequest when the first request was sent; absent where none was
 * @param measured latencies of the replies in time: of a closed load from when each request was
 *     sent, of an open load from when it was scheduled
 * @param corrected latencies of a closed load with the engine's correction for coordinated
 *     omission; empty for an open load, which omits nothing
 * @param negativeBuckets number of buckets that are negative after the correction was undone;
 *     anything but 0 violates a check
 * @param series latencies second by second
 * @param cpu absent where the kernel does not account for it, and for a step that is too short
 * @param lost each lost request once, with the latency max(timeout, known part of its wait). A
 *     request is lost if it was sent and not completely answered within the timeout: late, broken,
 *     or older than the timeout at the end; in an open load also if it was scheduled and found no
 *     connection. Lost requests are not in {@code measured}
 * @param stalls absent for an open load, and where the engine does not show its connections
 * @param replies replies over time
 * @param reconnects connections that were found closed before the first byte of a request, and
 *     replaced
 */
public record WorkerMeasurement(
    int worker,
    OfferedLoad offered,
    long requests,
    long sent,
    long bytes,
    Duration duration,
    ErrorCounts errors,
    long unanswered,
    Optional<Instant> firstRequest,
    LatencyHistogram measured,
    LatencyHistogram corrected,
    long negativeBuckets,
    LatencySeries series,
    Optional<EngineCpuUsage> cpu,
    ClockReading clock,
    LatencyHistogram lost,
    Optional<ConnectionStalls> stalls,
    ReplySeries replies,
    long reconnects) {

  /** The same measurement with the latencies by the second of another engine. */
  public WorkerMeasurement with(LatencySeries other) {
    return with(other, cpu);
  }

  /** The same measurement with the CPU usage of its engine. */
  public WorkerMeasurement with(Optional<EngineCpuUsage> served) {
    return with(series, served);
  }

  /** The same measurement without its series over time. */
  public WorkerMeasurement withoutSeries() {
    return with(LatencySeries.none(), cpu, ReplySeries.none());
  }

  private WorkerMeasurement with(LatencySeries other, Optional<EngineCpuUsage> served) {
    return with(other, served, replies);
  }

  private WorkerMeasurement with(
      LatencySeries other, Optional<EngineCpuUsage> served, ReplySeries slots) {
    return new WorkerMeasurement(
        worker,
        offered,
        requests,
        sent,
        bytes,
        duration,
        errors,
        unanswered,
        firstRequest,
        measured,
        corrected,
        negativeBuckets,
        other,
        served,
        clock,
        lost,
        stalls,
        slots,
        reconnects);
  }

  /**
   * Average number of requests in flight, of those that were answered in time; 0 for a zero
   * duration.
   */
  double inFlight() {
    return duration.isZero()
        ? 0
        : measured.meanMicros() * measured.count() * 1e3 / duration.toNanos();
  }

  /** Replies per second of this worker's own duration; 0 for a zero duration. */
  public double throughput() {
    return duration.isZero() ? 0 : requests * 1e9 / duration.toNanos();
  }
}
