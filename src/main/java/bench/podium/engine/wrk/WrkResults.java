package bench.podium.engine.wrk;

import bench.podium.domain.measurement.ClockReading;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.domain.measurement.LatencySeries;
import bench.podium.domain.measurement.OfferedLoad;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.ResultFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The results file that wrk.lua writes at the end of wrk, without the latencies.
 *
 * @param duration measured by wrk, including the time to connect
 * @param requests replies
 * @param errors as wrk counts them: a late reply is a timeout, a missing reply is not counted
 * @param percentiles computed by wrk: latency in us by percent
 */
record WrkResults(
    Duration duration,
    long requests,
    long bytes,
    ErrorCounts errors,
    List<ThreadResult> threads,
    Map<Double, Long> percentiles) {

  /**
   * One thread of wrk.
   *
   * @param first time of its first request
   * @param last time of its last request
   */
  record ThreadResult(long sent, Optional<Instant> first, Optional<Instant> last) {}

  static WrkResults read(Path file) throws IOException {
    try (BufferedReader lines = ResultFile.open(file)) {
      Duration duration = Duration.of(fields(lines, "duration_us", 1)[0], ChronoUnit.MICROS);
      long requests = fields(lines, "requests", 1)[0];
      long bytes = fields(lines, "bytes", 1)[0];
      long[] errors = fields(lines, "errors", 5);
      List<ThreadResult> threads = new ArrayList<>();
      for (long left = fields(lines, "threads", 1)[0]; left > 0; left--) {
        long[] thread = fields(lines, "thread", 3);
        threads.add(
            new ThreadResult(
                thread[0], ResultFile.instant(thread[1]), ResultFile.instant(thread[2])));
      }
      Map<Double, Long> percentiles = new TreeMap<>();
      for (long left = fields(lines, "percentiles", 1)[0]; left > 0; left--) {
        long[] thousandthsAndMicros = fields(lines, "percentile", 2);
        percentiles.put(thousandthsAndMicros[0] / 1000.0, thousandthsAndMicros[1]);
      }
      return new WrkResults(
          duration,
          requests,
          bytes,
          new ErrorCounts(errors[0], errors[1], errors[2], errors[3], errors[4]),
          List.copyOf(threads),
          Map.copyOf(percentiles));
    }
  }

  private static long[] fields(BufferedReader lines, String name, int count) throws IOException {
    return ResultFile.fields(lines, name, count);
  }

  long sent() {
    return threads.stream().mapToLong(ThreadResult::sent).sum();
  }

  /**
   * The interval with which wrk corrects latencies for coordinated omission: its duration in us
   * divided by the requests per connection, in integer arithmetic; zero if wrk corrects nothing.
   */
  Duration correctionInterval(int connections) {
    long requestsPerConnection = requests / connections;
    if (requestsPerConnection == 0) {
      return Duration.ZERO;
    }
    return Duration.of(duration.toNanos() / 1000 / requestsPerConnection, ChronoUnit.MICROS);
  }

  /**
   * Converts the results.
   *
   * @param begun when wrk's duration began
   * @param opens when the first requests were to be sent
   * @param counters what the threads wrote to the counters file
   */
  WorkerMeasurement measurement(
      LoadAssignment assignment,
      int connections,
      Instant begun,
      Instant opens,
      List<WrkThread> counters,
      WrkLatencies latencies,
      ClockReading clock) {
    WrkLosses losses =
        WrkLosses.of(
            new WrkTotals(begun, opens, duration, connections, sent(), requests, errors),
            counters,
            assignment.timeout());
    return new WorkerMeasurement(
        assignment.worker(),
        new OfferedLoad.Connections(connections),
        requests,
        sent(),
        bytes,
        duration,
        errors.plus(new ErrorCounts(0, 0, 0, losses.unanswered(), 0)),
        losses.unanswered(),
        threads.stream().flatMap(thread -> thread.first().stream()).min(Comparator.naturalOrder()),
        latencies.measured(),
        corrected(latencies, losses, connections),
        latencies.negativeBuckets(),
        LatencySeries.none(),
        Optional.empty(),
        clock,
        losses.histogram(),
        losses.stalls(),
        WrkReplies.of(counters, requests, assignment.duration()),
        0);
  }

  /** Equals wrk's own correction if no request was lost. */
  private LatencyHistogram corrected(WrkLatencies latencies, WrkLosses losses, int connections) {
    return LatencyHistogram.merge(
        List.of(latencies.corrected(), losses.corrected(correctionInterval(connections))));
  }
}
