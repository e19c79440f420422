package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs the checks that need only the workers' measurements: all but {@code SAMPLES_LOST} and {@code
 * TARGET_RESTARTED}.
 *
 * @param workers number of workers of the step; their indexes are 0 to {@code workers} - 1
 * @param maxStartSkew maximum time between the workers' first requests
 * @param keepAlive whether the load reuses its connections
 * @param sharedCores whether workers and target run on the same node
 */
public record ConsistencyChecks(
    int workers, Duration maxStartSkew, boolean keepAlive, boolean sharedCores) {

  private static final int MIN_SENT_PERCENT = 97;

  /**
   * Runs all of these checks.
   *
   * @param measurements one for each worker that has reported a result
   * @param merged the merged measurement that is to be published
   * @return in the order of {@link ConsistencyCheck}; empty if no check is violated
   */
  public List<Violation> check(List<WorkerMeasurement> measurements, StepMeasurement merged) {
    List<Violation> violations = new ArrayList<>();
    measurements.forEach(worker -> countsDiffer(worker).ifPresent(violations::add));
    sumDiffers(measurements, merged).ifPresent(violations::add);
    merged
        .connectionUtilization(keepAlive)
        .flatMap(ConsistencyChecks::generatorSaturated)
        .ifPresent(violations::add);
    rateMissed(merged).ifPresent(violations::add);
    measurements.forEach(worker -> generatorStarved(worker).ifPresent(violations::add));
    clockNotSynchronised(NodeClocks.of(measurements)).ifPresent(violations::add);
    workerMissing(measurements).ifPresent(violations::add);
    merged.startSkew().flatMap(this::startSkew).ifPresent(violations::add);
    return List.copyOf(violations);
  }

  /**
   * Identities that hold for an engine that records a latency for each reply in time: recorded +
   * late = requests; sent - requests were in flight at the end or lost with their connection. An
   * open load waits for the requests in flight, so that each has a reply or an error.
   */
  private static Optional<Violation> countsDiffer(WorkerMeasurement worker) {
    long late = worker.errors().timeout() - worker.unanswered();
    long unanswered = worker.sent() - worker.requests();
    List<String> differences = new ArrayList<>();
    if (worker.negativeBuckets() != 0) {
      differences.add(worker.negativeBuckets() + " buckets below zero without the correction");
    }
    if (worker.measured().count() + late != worker.requests()) {
      differences.add(
          "%d latencies + %d late replies are not %d requests"
              .formatted(worker.measured().count(), late, worker.requests()));
    }
    switch (worker.offered()) {
      case OfferedLoad.Connections(long count) -> {
        long lost = count + worker.errors().read() + worker.errors().write();
        if (unanswered < 0 || unanswered > lost) {
          differences.add(
              "sent %d - requests %d is not within 0 and %d (connections and broken ones)"
                  .formatted(worker.sent(), worker.requests(), lost));
        }
      }
      case OfferedLoad.Rate(long _, LatencyHistogram _, long noConnection) -> {
        long failed = worker.lost().count() - noConnection;
        if (unanswered != failed || worker.errors().connect() != noConnection) {
          differences.add(
              "sent %d - requests %d is not the %d that failed, or %d connect errors are not the %d"
                      .formatted(
                          worker.sent(),
                          worker.requests(),
                          failed,
                          worker.errors().connect(),
                          noConnection)
                  + " requests without a connection");
        }
      }
    }
    if (worker.lost().count() != lostByErrors(worker)) {
      differences.add(
          "%d lost requests are not the %d by kind of error"
              .formatted(worker.lost().count(), lostByErrors(worker)));
    }
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Violation(
                ConsistencyCheck.COUNTS_DIFFER,
                "worker " + worker.worker() + ": " + String.join("; ", differences)));
  }

  /** A connection that a closed load could not open belongs to no particular request. */
  private static long lostByErrors(WorkerMeasurement worker) {
    ErrorCounts errors = worker.errors();
    long ofSent = errors.read() + errors.write() + errors.timeout();
    return switch (worker.offered()) {
      case OfferedLoad.Connections _ -> ofSent;
      case OfferedLoad.Rate _ -> ofSent + errors.connect();
    };
  }

  private static Optional<Violation> sumDiffers(
      List<WorkerMeasurement> workers, StepMeasurement merged) {
    long requests = workers.stream().mapToLong(WorkerMeasurement::requests).sum();
    long sent = workers.stream().mapToLong(WorkerMeasurement::sent).sum();
    long latencies = workers.stream().mapToLong(worker -> worker.measured().count()).sum();
    if (requests == merged.requests()
        && sent == merged.sent()
        && latencies == merged.measured().count()) {
      return Optional.empty();
    }
    return Optional.of(
        new Violation(
            ConsistencyCheck.COUNTS_DIFFER,
            "merged requests, sent and latencies %d, %d, %d are not the workers' sums %d, %d, %d"
                .formatted(
                    merged.requests(),
                    merged.sent(),
                    merged.measured().count(),
                    requests,
                    sent,
                    latencies)));
  }

  private static Optional<Violation> generatorSaturated(ConnectionUtilization utilization) {
    if (utilization.isPlausible()) {
      return Optional.empty();
    }
    return Optional.of(
        new Violation(
            ConsistencyCheck.GENERATOR_SATURATED,
            "latencies account for %d thousandths of the connections' time, not %d to %d"
                .formatted(
                    utilization.permille(),
                    utilization.lowest(),
                    ConnectionUtilization.MAX_PERMILLE)));
  }

  private static Optional<Violation> rateMissed(StepMeasurement merged) {
    return switch (merged.offered()) {
      case OfferedLoad.Connections _ -> Optional.empty();
      case OfferedLoad.Rate(long planned, LatencyHistogram sendDelay, long noConnection) -> {
        if ((merged.sent() + noConnection) * 100 >= planned * MIN_SENT_PERCENT) {
          yield Optional.empty();
        }
        yield Optional.of(
            new Violation(
                ConsistencyCheck.RATE_MISSED,
                "%d of %d requests were sent, the latest %d us too late; take more workers or threads"
                    .formatted(merged.sent(), planned, sendDelay.maxMicros())));
      }
    };
  }

  /**
   * A CPU limit that throttles the generator is always a violation. Waiting for a core is one only
   * for a closed load on other cores than the target's: on shared cores both wait, and the
   * latencies of an open load include the wait, so that it can only make them worse. The wait is
   * published in the row.
   */
  private Optional<Violation> generatorStarved(WorkerMeasurement worker) {
    boolean tolerated =
        switch (worker.offered()) {
          case OfferedLoad.Connections _ -> sharedCores;
          case OfferedLoad.Rate _ -> true;
        };
    return worker
        .cpu()
        .flatMap(
            cpu ->
                cpu.throttling()
                    .or(
                        () ->
                            Optional.of(waitText(cpu))
                                .filter(_ -> cpu.waitedTooLong() && !tolerated)))
        .map(
            how ->
                new Violation(
                    ConsistencyCheck.GENERATOR_STARVED,
                    "worker %d %s; give workers more CPU, or take more of them"
                        .formatted(worker.worker(), how)));
  }

  private static String waitText(EngineCpuUsage cpu) {
    return "waited for a core for %d thousandths of the time".formatted(cpu.waitPermille());
  }

  private Optional<Violation> clockNotSynchronised(NodeClocks clocks) {
    if (clocks.shared()) {
      return Optional.empty();
    }
    List<String> unsynchronised = clocks.unsynchronised();
    if (!unsynchronised.isEmpty()) {
      return Optional.of(
          new Violation(
              ConsistencyCheck.CLOCK_NOT_SYNCHRONISED,
              "no time source synchronises the clock of the nodes with boot id "
                  + String.join(", ", unsynchronised)));
    }
    Duration error = Duration.ofNanos(clocks.errorMicros() * 1000);
    if (error.compareTo(maxStartSkew) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Violation(
            ConsistencyCheck.CLOCK_NOT_SYNCHRONISED,
            "the nodes' clocks may differ by %d us, the start by at most %d us"
                .formatted(clocks.errorMicros(), maxStartSkew.toNanos() / 1000)));
  }

  private Optional<Violation> workerMissing(List<WorkerMeasurement> measurements) {
    TreeSet<Integer> missing =
        IntStream.range(0, workers).boxed().collect(Collectors.toCollection(TreeSet::new));
    boolean allExpected =
        measurements.stream().map(WorkerMeasurement::worker).allMatch(missing::remove);
    if (missing.isEmpty() && allExpected) {
      return Optional.empty();
    }
    return Optional.of(
        new Violation(
            ConsistencyCheck.WORKER_MISSING,
            "%d results of %d workers, none from %s"
                .formatted(measurements.size(), workers, missing)));
  }

  private Optional<Violation> startSkew(StartSkew skew) {
    if (skew.duration().compareTo(maxStartSkew) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Violation(
            ConsistencyCheck.START_SKEW,
            "first requests are %d us (+- %d us) apart, at most %d us are allowed"
                .formatted(skew.micros(), skew.errorMicros(), maxStartSkew.toNanos() / 1000)));
  }
}
