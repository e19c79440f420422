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
 * What the file holds that wrk's threads write into: a head for each thread, {@code struct
 * podium_thread} of wrk.lua, and then, where connections are scanned, a block for each. A block has
 * the replies until the end of each slot, the late replies by the tenth of a second that they took,
 * and for each connection since when it waits.
 *
 * @param threads of wrk
 * @param connections of each thread
 * @param stage length of the measured part
 * @param scanned whether wrk's connections are scanned
 */
record CountersLayout(int threads, int connections, Duration stage, boolean scanned) {

  /** sizeof(struct podium_thread). */
  static final int HEAD_BYTES = 128;

  /** Each a tenth of a second, the last one from 60 s on. */
  static final int LATE_BUCKETS = 601;

  private static final int NUMBER_BYTES = 8;
  private static final int CHUNK_BYTES = 64 * 1024;

  /** One at least, also where the stage is too long to have a series. */
  int slots() {
    return Math.max(1, ReplySeries.slotsOf(stage));
  }

  int headsBytes() {
    return threads * HEAD_BYTES;
  }

  /** Of a thread's block: whole heads, so that threads share no cache line. */
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
   * An empty file, to be mapped by wrk. It is written and not just made long: where memory is short
   * this fails, and not a thread of wrk later.
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
   * For wrk.lua.
   *
   * @param opens when the first slot begins
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
