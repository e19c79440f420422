package bench.podium.engine.wrk;

import bench.podium.engine.RegularFile;
import bench.podium.engine.ResultFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one thread of wrk has written into the file that it counts in: {@code struct podium_thread}
 * of wrk.lua.
 *
 * @param first when its first request went
 */
record WrkCounters(long sent, Optional<Instant> first) {

  /** sizeof(struct podium_thread). */
  private static final int BYTES_PER_THREAD = 128;

  private static final int FIRST_MICROS_OFFSET = 8;

  /** An empty file of the right size, to be mapped by wrk. */
  static void create(Path file, int threads) throws IOException {
    Files.write(file, new byte[threads * BYTES_PER_THREAD], StandardOpenOption.CREATE_NEW);
  }

  /** Of all threads; readable while they count. */
  static List<WrkCounters> read(Path file, int threads) throws IOException {
    byte[] bytes = RegularFile.head(file, threads * BYTES_PER_THREAD);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    List<WrkCounters> counters = new ArrayList<>();
    for (int at = 0; at + BYTES_PER_THREAD <= bytes.length; at += BYTES_PER_THREAD) {
      long sent = (long) buffer.getDouble(at);
      long firstMicros = (long) buffer.getDouble(at + FIRST_MICROS_OFFSET);
      counters.add(new WrkCounters(sent, ResultFile.instant(firstMicros)));
    }
    return counters;
  }
}
