package bench.podium.engine.wrk;

import bench.podium.domain.measurement.ReplySeries;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Layout of the counters file that wrk's threads write. It starts with one head per thread, {@code
 * struct podium_thread} of wrk.lua. If connections are scanned, one block per thread follows: the
 * number of replies until the end of each slot, the late replies by the tenth of a second that they
 * took, and for each connection the time since which it waits.
 *
 * @param threads number of wrk's threads
 * @param connections number of connections of each thread
 * @param stage length of the measured part
 * @param scanned whether wrk's connections are scanned
 */
record CountersLayout(int threads, int connections, Duration stage, boolean scanned) {

  /** Bytes of {@code struct podium_thread} in wrk.lua. */
  static final int HEAD_BYTES = 128;

  /** Each is a tenth of a second wide; the last one has everything from 60 s on. */
  static final int LATE_BUCKETS = 601;

  private static final int NUMBER_BYTES = 8;
  private static final int CHUNK_BYTES = 64 * 1024;

  /** At least one, also if the stage is too long for a series. */
  int slots() {
    return Math.max(1, ReplySeries.slotsOf(stage));
  }

  int headsBytes() {
    return threads * HEAD_BYTES;
  }

  /** Size of a thread's block: a multiple of the head, so that threads share no cache line. */
  int blockBytes() {
    int bytes = (slots() + LATE_BUCKETS + connections) * NUMBER_BYTES;
    return scanned ? Math.ceilDiv(bytes, HEAD_BYTES) * HEAD_BYTES : 0;
  }

  int bytes() {
    return headsBytes() + threads * blockBytes();
  }

  int repliesAt(int thread) {
    return headsBytes() + thread * blockBytes();
  }

  int lateAt(int thread) {
    return repliesAt(thread) + slots() * NUMBER_BYTES;
  }

  int sinceAt(int thread) {
    return lateAt(thread) + LATE_BUCKETS * NUMBER_BYTES;
  }

  /**
   * Creates a file of zeros, which wrk maps into its memory. The zeros are written, so that a lack
   * of memory fails here and not later in a thread of wrk.
   */
  void create(Path file) throws IOException {
    byte[] zeros = new byte[CHUNK_BYTES];
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      for (int left = bytes(); left > 0; left -= CHUNK_BYTES) {
        out.write(zeros, 0, Math.min(left, CHUNK_BYTES));
      }
    }
  }

  /**
   * The layout as a Lua table for wrk.lua, or {@code false} if nothing is scanned.
   *
   * @param opens start of the first slot
   */
  String lua(Instant opens) {
    return scanned
        ? "{connections = %d, slots = %d, slot_us = %d, late_buckets = %d, send_us = %d, blocks = %d, block = %d}"
            .formatted(
                connections,
                slots(),
                ReplySeries.slotOf(stage).toNanos() / 1000,
                LATE_BUCKETS,
                ChronoUnit.MICROS.between(Instant.EPOCH, opens),
                headsBytes(),
                blockBytes())
        : "false";
  }
}
