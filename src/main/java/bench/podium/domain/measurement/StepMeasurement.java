package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The merged measurement of all workers of a step. Counts and histograms are added; nothing is an
 * average of averages.
 *
 * @param workers number of merged workers
 * @param offered load of all workers
 * @param requests replies that were read completely, in time or late
 * @param sent requests that were handed to a connection
 * @param duration the longest of the workers' durations
 * @param throughput replies per second: the sum over the workers of requests divided by the
 *     worker's own duration; rounded only where it is published
 * @param inFlight average number of requests in flight, of those that were answered in time: by
 *     Little's law the sum over the workers of throughput x mean latency, each by its own duration
 * @param startSkew empty where no worker sent a request
 * @param measured latencies of the replies in time: of a closed load from when each request was
 *     sent, of an open load from when it was scheduled
 * @param corrected latencies of a closed load with the engine's correction for coordinated omission
 * @param generatorWaitPermille the largest value of a worker; absent where none has one
 * @param lost lost requests of all workers, as in {@link WorkerMeasurement#lost}
 * @param stalls stalls of all workers; absent where they are unknown for a worker
 * @param replies replies of all workers over time
 * @param reconnects reconnects of all workers
 */
public record StepMeasurement(
    int workers,
    OfferedLoad offered,
    long requests,
    long sent,
    long bytes,
    Duration duration,
    double throughput,
    double inFlight,
    ErrorCounts errors,
    Optional<StartSkew> startSkew,
    LatencyHistogram measured,
    LatencyHistogram corrected,
    LatencySeries series,
    Optional<Integer> generatorWaitPermille,
    LatencyHistogram lost,
    Optional<ConnectionStalls> stalls,
    ReplySeries replies,
    long reconnects) {

  private static final long MILLION = 1_000_000;

  /** Merges the measurements of the workers; their order does not matter. */
  public static StepMeasurement merge(Collection<WorkerMeasurement> workers) {
    return new StepMeasurement(
        workers.size(),
        OfferedLoad.merge(workers.stream().map(WorkerMeasurement::offered).toList()),
        workers.stream().mapToLong(WorkerMeasurement::requests).sum(),
        workers.stream().mapToLong(WorkerMeasurement::sent).sum(),
        workers.stream().mapToLong(WorkerMeasurement::bytes).sum(),
        workers.stream()
            .map(WorkerMeasurement::duration)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO),
        workers.stream().mapToDouble(WorkerMeasurement::throughput).sorted().sum(),
        workers.stream().mapToDouble(WorkerMeasurement::inFlight).sorted().sum(),
        workers.stream().map(WorkerMeasurement::errors).reduce(ErrorCounts.NONE, ErrorCounts::plus),
        StartSkew.of(workers),
        LatencyHistogram.merge(workers.stream().map(WorkerMeasurement::measured).toList()),
        LatencyHistogram.merge(workers.stream().map(WorkerMeasurement::corrected).toList()),
        LatencySeries.merge(workers.stream().map(WorkerMeasurement::series).toList()),
        workers.stream()
            .flatMap(worker -> worker.cpu().stream())
            .map(EngineCpuUsage::waitPermille)
            .max(Integer::compareTo),
        LatencyHistogram.merge(workers.stream().map(WorkerMeasurement::lost).toList()),
        stalls(workers),
        ReplySeries.merge(workers.stream().map(WorkerMeasurement::replies).toList()),
        workers.stream().mapToLong(WorkerMeasurement::reconnects).sum());
  }

  private static Optional<ConnectionStalls> stalls(Collection<WorkerMeasurement> workers) {
    List<ConnectionStalls> known =
        workers.stream().flatMap(worker -> worker.stalls().stream()).toList();
    return known.isEmpty() || known.size() < workers.size()
        ? Optional.empty()
        : Optional.of(ConnectionStalls.merge(known));
  }

  /** Replies per second, rounded as it is published. */
  public long throughputPerSecond() {
    return Math.round(throughput);
  }

  /**
   * Errors of any kind per million requests that were sent or found no connection. Rounded up, so
   * that one error is more than 0; at most a million, since one reply can count as two errors (late
   * and status 500).
   */
  public long errorPartsPerMillion() {
    long due = sent + offered.noConnection();
    long ratio = (long) Math.ceil(errors.total() / (double) Math.max(1, due) * MILLION);
    return Math.min(MILLION, ratio);
  }

  /**
   * The share of time in which the connections waited for replies.
   *
   * @param keepAlive whether the load reuses its connections
   * @return empty where Little's law does not apply to this step
   */
  public Optional<ConnectionUtilization> connectionUtilization(boolean keepAlive) {
    return ConnectionUtilization.of(this, keepAlive);
  }

  /**
   * Latencies as measured, lost requests included; empty where there was neither a reply nor a lost
   * request.
   */
  public Optional<LatencySummary> latency() {
    return LatencySummary.of(measured, lost);
  }

  /**
   * Latencies with the engine's correction for coordinated omission, all of them lower bounds where
   * requests were lost; empty where there was no reply in time and no lost request.
   */
  public Optional<LatencySummary> correctedLatency() {
    return lost.isEmpty() ? LatencySummary.of(corrected) : LatencySummary.lowerBounds(corrected);
  }

  /**
   * Number of replies in time with a status up to 399. It is a lower bound, since a status above
   * 399 may belong to a late reply.
   */
  public long goodReplies() {
    return Math.max(0, measured.count() - errors.status());
  }

  /**
   * How many seconds in a thousand are spikes: seconds with a high 99th percentile and, for a
   * closed load, seconds without a reply. (In an open load the requests of such a second count as
   * lost and are among its latencies.)
   *
   * @param allowedMicros limit of the SLO of the 99th percentile in us; 0 if there is none
   * @return 0 to 1000; empty for a step of less than two seconds, and without figures by the second
   */
  public Optional<Integer> spikePermille(long allowedMicros) {
    return switch (offered) {
      case OfferedLoad.Connections _ -> series.spikePermille(allowedMicros, replies.perSecond());
      case OfferedLoad.Rate _ -> series.spikePermille(allowedMicros, List.of());
    };
  }
}
