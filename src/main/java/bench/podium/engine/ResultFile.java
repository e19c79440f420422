package bench.podium.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The simple form in which engines leave results: a name and whole numbers on each line. */
public final class ResultFile {

  /** Room for about ten million different latencies; the warm-up's file stands beside it. */
  private static final long MAX_BYTES = 48L * 1024 * 1024;

  private ResultFile() {}

  /** Refuses what is no regular file, and more than 48 MiB. */
  public static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(RegularFile.open(file, MAX_BYTES), StandardCharsets.US_ASCII));
  }

  /** The numbers of the next line, which must bear this name. */
  public static long[] fields(BufferedReader lines, String name, int count) throws IOException {
    String line = line(lines);
    if (!line.startsWith(name + " ")) {
      throw new IOException("expected a line \"" + name + "\", found \"" + line + "\"");
    }
    return numbers(line, name.length() + 1, count);
  }

  /** The numbers of a line without a name. */
  public static long[] numbers(String line, int from, int count) throws IOException {
    long[] numbers = new long[count];
    int at = from;
    try {
      for (int i = 0; i < count; i++) {
        int end = line.indexOf(' ', at);
        numbers[i] = Long.parseLong(line, at, end < 0 ? line.length() : end, 10);
        at = end < 0 ? line.length() : end + 1;
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException("expected " + count + " whole numbers in \"" + line + "\"", e);
    }
    return numbers;
  }

  /** A time in us since 1970; empty for 0, which says that there was none. */
  public static Optional<Instant> instant(long epochMicros) {
    return epochMicros == 0
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS));
  }

  /** The next line; the end of the file is none. */
  public static String line(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the results end too early");
    }
    return line;
  }
}
