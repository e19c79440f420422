package bench.podium.engine.vegeta;

import bench.podium.domain.measure.ClockReading;
import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.LatencyHistogram;
import bench.podium.domain.measure.LatencySeries;
import bench.podium.domain.measure.OfferedLoad;
import bench.podium.domain.measure.ReplySeries;
import bench.podium.domain.measure.WorkerMeasurement;
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
 * What {@code podium-vegeta} wrote at the end of a run.
 *
 * @param duration until the last reply, at least as long as requests were sent
 * @param planned requests that should have been sent
 * @param errors a request without a reply within the timeout is a timeout
 * @param due latencies from when each request should have gone
 * @param lag of each request: how much later than it should it went
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
    Optional<Instant> first,
    LatencyHistogram due,
    LatencyHistogram lag,
    LatencySeries series) {

  static VegetaResults read(Path file) throws IOException {
    try (BufferedReader lines = ResultFile.open(file)) {
      long[] warmup = ResultFile.fields(lines, "warmup", 2);
      Duration duration = Duration.of(one(lines, "duration_us"), ChronoUnit.MICROS);
      long planned = one(lines, "planned");
      long sent = one(lines, "sent");
      long requests = one(lines, "requests");
      long bytes = one(lines, "bytes");
      long[] errors = ResultFile.fields(lines, "errors", 5);
      Optional<Instant> first = ResultFile.instant(one(lines, "first"));
      LatencyHistogram due = latencies(lines, "due");
      LatencyHistogram lag = latencies(lines, "lag");
      return new VegetaResults(
          warmup[0],
          warmup[1],
          duration,
          planned,
          sent,
          requests,
          bytes,
          new ErrorCounts(errors[0], errors[1], errors[2], errors[3], errors[4]),
          first,
          due,
          lag,
          series(lines));
    }
  }

  private static long one(BufferedReader lines, String name) throws IOException {
    return ResultFile.fields(lines, name, 1)[0];
  }

  private static LatencySeries series(BufferedReader lines) throws IOException {
    long length = one(lines, "seconds");
    if (length < 0 || length > LatencySeries.MOST_SECONDS) {
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

  /** Each request without a reply was given up at its timeout: it hung. */
  WorkerMeasurement measurement(int worker, ClockReading clock) {
    return new WorkerMeasurement(
        worker,
        new OfferedLoad.Rate(planned, lag, 0),
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
        LatencyHistogram.empty(),
        Optional.empty(),
        ReplySeries.none(),
        0);
  }
}
