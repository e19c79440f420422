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
    byte[] held = new byte[2 * bytes];
    int size = 0;
    boolean whole = true;
    for (int read = log.read(held, 0, held.length);
        read >= 0;
        read = log.read(held, size, held.length - size)) {
      size += read;
      if (size == held.length) {
        System.arraycopy(held, bytes, held, 0, bytes);
        size = bytes;
        whole = false;
      }
    }
    int from = Math.max(0, size - bytes);
    return Arrays.copyOfRange(held, whole && from == 0 ? 0 : lineAfter(held, from, size), size);
  }

  private static int lineAfter(byte[] held, int from, int size) {
    for (int index = from; index < size - 1; index++) {
      if (held[index] == '\n') {
        return index + 1;
      }
    }
    return from;
  }
}
