package bench.podium.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The text format of engine results: each line has a name and whole numbers. */
public final class ResultFile {

  /** Enough for about ten million distinct latencies. */
  private static final long MAX_BYTES = 48L * 1024 * 1024;

  private ResultFile() {}

  /**
   * @throws IOException if it is not a regular file, or is larger than 48 MiB
   */
  public static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(RegularFile.open(file, MAX_BYTES), StandardCharsets.US_ASCII));
  }

  /** Reads the numbers of the next line, which must have this name. */
  public static long[] fields(BufferedReader lines, String name, int count) throws IOException {
    String line = line(lines);
    if (!line.startsWith(name + " ")) {
      throw new IOException("expected a line \"" + name + "\", found \"" + line + "\"");
    }
    return numbers(line, name.length() + 1, count);
  }

  /** Parses {@code count} numbers of a line, from the character at {@code from} on. */
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

  /** Converts microseconds since the epoch; 0 stands for no time. */
  public static Optional<Instant> instant(long epochMicros) {
    return epochMicros == 0
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS));
  }

  /**
   * Reads the next line.
   *
   * @throws IOException at the end of the file
   */
  public static String line(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the results end too early");
    }
    return line;
  }
}
