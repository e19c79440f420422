package bench.podium.observation;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads the last part of a log that may be long. */
public final class LogEnd {

  private LogEnd() {}

  /**
   * Reads the whole stream, holding at most twice the returned size in memory.
   *
   * @param bytes maximum number of bytes returned
   * @return whole lines, unless a single line is longer
   */
  public static byte[] of(InputStream log, int bytes) throws IOException {
    byte[] buffer = new byte[2 * bytes];
    int size = 0;
    boolean complete = true;
    for (int read = log.read(buffer, 0, buffer.length);
        read >= 0;
        read = log.read(buffer, size, buffer.length - size)) {
      size += read;
      if (size == buffer.length) {
        System.arraycopy(buffer, bytes, buffer, 0, bytes);
        size = bytes;
        complete = false;
      }
    }
    int from = Math.max(0, size - bytes);
    return Arrays.copyOfRange(
        buffer, complete && from == 0 ? 0 : lineAfter(buffer, from, size), size);
  }

  private static int lineAfter(byte[] buffer, int from, int size) {
    for (int index = from; index < size - 1; index++) {
      if (buffer[index] == '\n') {
        return index + 1;
      }
    }
    return from;
  }
}
