package bench.podium.engine.wrk;

import bench.podium.engine.RegularFile;
import bench.podium.engine.ResultFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one thread of wrk has sent so far: the first fields of {@code struct podium_thread} of
 * wrk.lua in the counters file.
 *
 * @param sent requests
 * @param first time of its first request
 */
record WrkCounters(long sent, Optional<Instant> first) {

  private static final int FIRST_MICROS_OFFSET = 8;

  /** Reads the counters of all threads; also while wrk is running. */
  static List<WrkCounters> read(Path file, int threads) throws IOException {
    byte[] bytes = RegularFile.head(file, threads * CountersLayout.HEAD_BYTES);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    List<WrkCounters> counters = new ArrayList<>();
    for (int at = 0;
        at + CountersLayout.HEAD_BYTES <= bytes.length;
        at += CountersLayout.HEAD_BYTES) {
      long sent = (long) buffer.getDouble(at);
      long firstMicros = (long) buffer.getDouble(at + FIRST_MICROS_OFFSET);
      counters.add(new WrkCounters(sent, ResultFile.instant(firstMicros)));
    }
    return counters;
  }
}
