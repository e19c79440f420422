package bench.podium.engine.vegeta;

import bench.podium.domain.measurement.ClockReading;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.domain.measurement.LatencySeries;
import bench.podium.domain.measurement.OfferedLoad;
import bench.podium.domain.measurement.ReplySeries;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.engine.ResultFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The results file that {@code podium-vegeta} writes at its end.
 *
 * @param duration from the start of the measured part to the last reply, at least as long as
 *     requests were sent
 * @param planned requests that were scheduled
 * @param sent requests of which at least one byte may have been written
 * @param requests complete replies within the timeout
 * @param errors a request without a complete reply within the timeout is a timeout, one that got no
 *     connection is a connect error
 * @param reconnects kept-alive connections that were found closed before anything was written to
 *     them
 * @param first time of the first request
 * @param due latencies in us, from the scheduled send time of each request
 * @param lost wait in us of each request without a complete reply in time or without a connection,
 *     from its scheduled send time and at least the timeout
 * @param sendDelay for each sent request, the delay in us from its scheduled send time
 */
record VegetaResults(
    long warmupRequests,
    long warmupSent,
    Duration duration,
    long planned,
    long sent,
    long requests,
    long bytes,
    ErrorCounts errors,
    long reconnects,
    Optional<Instant> first,
    LatencyHistogram due,
    LatencyHistogram lost,
    LatencyHistogram sendDelay,
    ReplySeries replies,
    LatencySeries series) {

  private static final int COUNTS_ON_A_LINE = 20;

  static VegetaResults read(Path file) throws IOException {
    try (BufferedReader lines = ResultFile.open(file)) {
      long[] warmup = ResultFile.fields(lines, "warmup", 2);
      Duration duration = Duration.of(one(lines, "duration_us"), ChronoUnit.MICROS);
      long planned = one(lines, "planned");
      long sent = one(lines, "sent");
      long requests = one(lines, "requests");
      long bytes = one(lines, "bytes");
      long[] errors = ResultFile.fields(lines, "errors", 5);
      long reconnects = one(lines, "reconnects");
      Optional<Instant> first = ResultFile.instant(one(lines, "first"));
      LatencyHistogram due = latencies(lines, "due");
      LatencyHistogram lost = latencies(lines, "lost");
      LatencyHistogram sendDelay = latencies(lines, "lag");
      return new VegetaResults(
          warmup[0],
          warmup[1],
          duration,
          planned,
          sent,
          requests,
          bytes,
          new ErrorCounts(errors[0], errors[1], errors[2], errors[3], errors[4]),
          reconnects,
          first,
          due,
          lost,
          sendDelay,
          replies(lines),
          series(lines));
    }
  }

  private static long one(BufferedReader lines, String name) throws IOException {
    return ResultFile.fields(lines, name, 1)[0];
  }

  private static ReplySeries replies(BufferedReader lines) throws IOException {
    long[] head = ResultFile.fields(lines, "replies", 2);
    if (head[1] < 0 || head[1] > ReplySeries.MAX_SLOTS) {
      throw new IOException("replies in %d slots".formatted(head[1]));
    }
    List<Long> counts = new ArrayList<>();
    for (long left = head[1]; left > 0; left -= COUNTS_ON_A_LINE) {
      int count = (int) Math.min(left, COUNTS_ON_A_LINE);
      for (long replies : ResultFile.numbers(ResultFile.line(lines), 0, count)) {
        counts.add(replies);
      }
    }
    return new ReplySeries(Duration.of(head[0], ChronoUnit.MICROS), counts);
  }

  private static LatencySeries series(BufferedReader lines) throws IOException {
    long length = one(lines, "seconds");
    if (length < 0 || length > LatencySeries.MAX_SECONDS) {
      throw new IOException("a series of %d seconds".formatted(length));
    }
    List<LatencyHistogram> seconds = new ArrayList<>();
    for (long second = 0; second < length; second++) {
      seconds.add(latencies(lines, "second"));
    }
    return new LatencySeries(seconds);
  }

  private static LatencyHistogram latencies(BufferedReader lines, String name) throws IOException {
    long[] head = ResultFile.fields(lines, name, 3);
    Map<Long, Long> countByBucket = new TreeMap<>();
    for (long left = head[0]; left > 0; left--) {
      long[] bucket = ResultFile.numbers(ResultFile.line(lines), 0, 2);
      countByBucket.merge(bucket[0], bucket[1], Math::addExact);
    }
    try {
      return LatencyHistogram.of(countByBucket, head[1], head[2]);
    } catch (IllegalArgumentException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Converts the results. Each request without a complete reply ended at its timeout, so it counts
   * as unanswered. A connect error means that nothing of the request was written.
   */
  WorkerMeasurement measurement(int worker, ClockReading clock) {
    return new WorkerMeasurement(
        worker,
        new OfferedLoad.Rate(planned, sendDelay, errors.connect()),
        requests,
        sent,
        bytes,
        duration,
        errors,
        errors.timeout(),
        first,
        due,
        LatencyHistogram.empty(),
        0,
        series,
        Optional.empty(),
        clock,
        lost,
        Optional.empty(),
        replies,
        reconnects);
  }
}
