package bench.podium.engine.wrk;

import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.engine.ResultFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The latencies that wrk measured, without and with its correction for coordinated omission.
 *
 * <p>wrk 4.1 adds to its histogram, for each latency n of at least twice the interval e, one count
 * at n - e, n - 2e, ... as long as that is above e ({@code stats_correct}). So {@code corrected[m]
 * = measured[m] + corrected[m + e]} for m above e, which can be reversed exactly.
 *
 * @param measured without the correction
 * @param corrected as wrk prints them
 * @param negativeBuckets number of values whose count is negative once the correction is reversed;
 *     0 unless wrk computed it differently
 */
record WrkLatencies(LatencyHistogram measured, LatencyHistogram corrected, long negativeBuckets) {

  /**
   * Reads the file with two readers, {@code interval} apart, because there may be millions of
   * distinct values.
   *
   * @param interval wrk's correction interval; zero if nothing was corrected
   */
  static WrkLatencies read(Path file, Duration interval) throws IOException {
    long micros = interval.toNanos() / 1000;
    try (Values here = new Values(file);
        Values ahead = new Values(file)) {
      LatencyHistogram.Builder measured = LatencyHistogram.builder();
      LatencyHistogram.Builder corrected = LatencyHistogram.builder();
      long negative = 0;
      boolean added = micros > 0 && ahead.skipTo(2 * micros + 1);
      while (here.next()) {
        long count = here.count();
        while (added && ahead.micros() - micros < here.micros()) {
          negative++;
          added = ahead.next();
        }
        if (added && ahead.micros() - micros == here.micros()) {
          count -= ahead.count();
          added = ahead.next();
        }
        corrected.add(here.micros(), here.count());
        measured.add(here.micros(), Math.max(0, count));
        negative += count < 0 ? 1 : 0;
      }
      return new WrkLatencies(measured.build(), corrected.build(), negative);
    }
  }

  /** Reads the latencies of the file in ascending order. */
  private static final class Values implements AutoCloseable {

    private final BufferedReader lines;
    private long left;
    private long micros;
    private long count;

    Values(Path file) throws IOException {
      lines = ResultFile.open(file);
      String line = ResultFile.line(lines);
      while (!line.startsWith("latency ")) {
        line = ResultFile.line(lines);
      }
      left = ResultFile.numbers(line, "latency ".length(), 1)[0];
    }

    boolean next() throws IOException {
      if (left == 0) {
        if (!ResultFile.line(lines).equals("end")) {
          throw new IOException("more latencies than announced");
        }
        left = -1;
      }
      if (left < 0) {
        return false;
      }
      left--;
      long[] distanceAndCount = ResultFile.numbers(ResultFile.line(lines), 0, 2);
      micros += distanceAndCount[0];
      count = distanceAndCount[1];
      return true;
    }

    boolean skipTo(long from) throws IOException {
      boolean found = next();
      while (found && micros < from) {
        found = next();
      }
      return found;
    }

    long micros() {
      return micros;
    }

    long count() {
      return count;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
