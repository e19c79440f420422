package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What all workers of a step measured together. Counts and histograms are added; nothing is an
 * average of averages.
 *
 * @param offered of all workers
 * @param duration the longest of the workers'
 * @param throughput replies per second: the sum over workers of requests by that worker's own
 *     duration; to be rounded where it is published, not before
 * @param inFlight requests that waited for their reply on average, of those that got it in time: by
 *     Little's law the sum over workers of throughput x mean latency, each by its own duration
 * @param startSkew empty where no worker sent anything
 * @param measured latencies: of a closed load as they were, of an open load from when each request
 *     should have gone
 * @param corrected latencies of a closed load as the engine prints them
 * @param generatorWaitPermille the longest of the workers'; absent where no worker knows
 * @param lost requests of all workers, as in {@link WorkerMeasurement#lost}
 * @param stalls of all workers; absent where a worker knows none
 * @param replies of all workers
 * @param reconnects of all workers
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

  /** The order of the workers does not matter. */
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

  /** Rounded, as it is published. */
  public long throughputPerSecond() {
    return Math.round(throughput);
  }

  /**
   * Errors of any kind in a million requests that were sent or found no connection, rounded up: one
   * error is more than none. At most a million: a reply can be late and a 500 at once.
   */
  public long errorPartsPerMillion() {
    long due = sent + offered.noConnection();
    long ratio = (long) Math.ceil(errors.total() / (double) Math.max(1, due) * MILLION);
    return Math.min(MILLION, ratio);
  }

  /**
   * @param keepAlive whether the load keeps its connections
   * @return empty where Little's law says nothing of this step
   */
  public Optional<ConnectionUtilization> connectionUtilization(boolean keepAlive) {
    return ConnectionUtilization.of(this, keepAlive);
  }

  /** As measured, lost requests among it; empty where there was neither reply nor lost request. */
  public Optional<LatencySummary> latency() {
    return LatencySummary.of(measured, lost);
  }

  /**
   * As the engine prints it and, where requests were lost, with what its correction makes of them;
   * empty where there was no reply in time and no lost request.
   */
  public Optional<LatencySummary> correctedLatency() {
    return lost.isEmpty() ? LatencySummary.of(corrected) : LatencySummary.lowerBounds(corrected);
  }

  /**
   * Replies in time with a status up to 399: at least so many, since a late reply may have had one
   * of the statuses above.
   */
  public long goodReplies() {
    return Math.max(0, measured.count() - errors.status());
  }

  /**
   * How many seconds in a thousand stand out: those with an outstanding 99th percentile and, of a
   * closed load, those without a reply. (In an open load the requests that were due in a second
   * without a reply are lost, and among its latencies.)
   *
   * @param allowedMicros the SLO of the 99th percentile; 0: there is none
   * @return empty for a step of less than two seconds, and where nothing is known by the second
   */
  public Optional<Integer> spikePermille(long allowedMicros) {
    return switch (offered) {
      case OfferedLoad.Connections _ -> series.spikePermille(allowedMicros, replies.perSecond());
      case OfferedLoad.Rate _ -> series.spikePermille(allowedMicros, List.of());
    };
  }
}
