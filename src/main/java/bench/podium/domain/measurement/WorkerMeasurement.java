package bench.podium.domain.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one worker's engine measured in one step's measured part.
 *
 * @param worker index of the worker, from 0
 * @param offered what this worker was to keep up
 * @param requests replies that were read to the end, in time or late
 * @param sent requests that were handed to a connection
 * @param bytes read
 * @param duration of the measured part by the engine's own clock
 * @param errors with {@code unanswered} among the timeouts
 * @param unanswered requests that had no reply when the step ended and were sent longer ago than
 *     the timeout; engines that do not count such requests themselves (wrk) are completed by them
 * @param firstRequest absent where nothing was sent
 * @param measured latencies: of a closed load from when a request went, as they were; of an open
 *     load from when it should have gone
 * @param corrected latencies of a closed load as the engine prints them, coordinated omission
 *     corrected its way; empty for an open load, which omits nothing
 * @param negativeBuckets buckets that undoing the correction left below zero; anything but 0 breaks
 *     a check
 * @param series second by second
 * @param cpu absent where the kernel keeps no account of it, and for a step too short
 * @param lost each lost request once, at max(timeout, its wait as far as known): sent and not
 *     wholly answered within the timeout, so late, broken, or older than the timeout at the end; in
 *     an open load also due and without a connection. Not in {@code measured}
 * @param stalls of a closed load; absent for an open load, and where the engine's connections
 *     cannot be seen
 * @param replies over the measured part
 * @param reconnects connections found closed before the first byte of a request, and replaced
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

  /** The same with another engine's latencies by the second. */
  public WorkerMeasurement with(LatencySeries other) {
    return with(other, cpu);
  }

  /** The same with how its engine was served with CPU time. */
  public WorkerMeasurement with(Optional<EngineCpuUsage> served) {
    return with(series, served);
  }

  /** The same without what it measured second by second and slot by slot. */
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

  /** Requests in time that were under way on average; 0 where there was no time. */
  double inFlight() {
    return duration.isZero()
        ? 0
        : measured.meanMicros() * measured.count() * 1e3 / duration.toNanos();
  }

  /** Replies per second of this worker's own duration; 0 where that is none. */
  public double throughput() {
    return duration.isZero() ? 0 : requests * 1e9 / duration.toNanos();
  }
}
