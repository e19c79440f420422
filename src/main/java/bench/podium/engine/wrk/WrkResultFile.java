package bench.podium.engine.wrk;

import bench.podium.engine.RegularFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The simple form of the file that wrk.lua writes: a name and whole numbers on each line. */
final class WrkResultFile {

  /** Room for about ten million different latencies; the warm-up's file stands beside it. */
  private static final long MAX_BYTES = 48L * 1024 * 1024;

  private WrkResultFile() {}

  static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(RegularFile.open(file, MAX_BYTES), StandardCharsets.US_ASCII));
  }

  /** The numbers of the next line, which must bear this name. */
  static long[] fields(BufferedReader lines, String name, int count) throws IOException {
    String line = line(lines);
    if (!line.startsWith(name + " ")) {
      throw new IOException("expected a line \"" + name + "\", found \"" + line + "\"");
    }
    return numbers(line, name.length() + 1, count);
  }

  /** The numbers of a line without a name. */
  static long[] numbers(String line, int from, int count) throws IOException {
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

  static String line(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the results of wrk end too early");
    }
    return line;
  }
}
