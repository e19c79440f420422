package bench.podium.engine.wrk;

import bench.podium.engine.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The counters of one thread of wrk at its end. Times are in us since the epoch.
 *
 * @param sent requests
 * @param last time of its last request; 0 if it sent none
 * @param broken connections that broke until then, according to wrk
 * @param visible whether wrk's structs had the expected layout; undefined if it sent nothing
 * @param scan its last scan of its connections
 * @param late replies later than the timeout that scans found, by the tenth of a second that they
 *     took
 * @param lateMicros sum of their latencies
 * @param closedMicros sum of the finished waits for a connection to be opened, or opened again,
 *     that were longer than the timeout
 * @param brokenMicros lower bound of the sum of the waits of requests whose connections broke
 *     within the timeout
 * @param replies number of replies when the last request of each slot was sent; 0 for a slot
 *     without a request
 */
record WrkThread(
    long sent,
    long last,
    long broken,
    boolean visible,
    Scan scan,
    List<Long> late,
    long lateMicros,
    long closedMicros,
    long brokenMicros,
    List<Long> replies) {

  private static final int SECONDS_AT = 16;
  private static final int NANOSECONDS_AT = 24;
  private static final int SCAN_AT = 32;
  private static final int NUMBER_BYTES = 8;

  /**
   * A scan of the thread's connections.
   *
   * @param at its time; 0 if there was none
   * @param sent requests until then, including the one that triggered the scan
   * @param late replies until then, according to wrk
   * @param since for each connection the start of its wait: positive for a reply, negative for
   *     being opened and sending
   */
  record Scan(long at, long sent, long late, List<Long> since) {}

  /** Reads the counters of all threads, once wrk has ended. */
  static List<WrkThread> read(Path file, CountersLayout layout) throws IOException {
    byte[] bytes = RegularFile.head(file, layout.bytes());
    if (bytes.length < layout.bytes()) {
      throw new IOException("%d bytes of counters, not %d".formatted(bytes.length, layout.bytes()));
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    List<WrkThread> threads = new ArrayList<>();
    for (int thread = 0; thread < layout.threads(); thread++) {
      threads.add(read(buffer, layout, thread));
    }
    return List.copyOf(threads);
  }

  private static WrkThread read(ByteBuffer buffer, CountersLayout layout, int thread) {
    int head = thread * CountersLayout.HEAD_BYTES;
    List<Long> scan = numbers(buffer, head + SCAN_AT, 8);
    return new WrkThread(
        (long) buffer.getDouble(head),
        buffer.getLong(head + SECONDS_AT) * 1_000_000
            + buffer.getLong(head + NANOSECONDS_AT) / 1000,
        scan.get(4),
        scan.get(0) == 1,
        new Scan(
            scan.get(1),
            scan.get(2),
            scan.get(3),
            numbers(buffer, layout.sinceAt(thread), layout.connections())),
        numbers(buffer, layout.lateAt(thread), CountersLayout.LATE_BUCKETS),
        scan.get(5),
        scan.get(6),
        scan.get(7),
        IntStream.range(0, layout.slots())
            .mapToObj(i -> buffer.getLong(layout.repliesAt(thread) + i * NUMBER_BYTES))
            .toList());
  }

  /** Reads integers from doubles, the number type of Lua. */
  private static List<Long> numbers(ByteBuffer buffer, int from, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> (long) buffer.getDouble(from + i * NUMBER_BYTES))
        .toList();
  }

  /** Whether the state of its connections is known; a thread that sent nothing has none. */
  boolean isReadable() {
    return sent == 0 || visible;
  }

  /** The number of replies when its last request was sent. */
  long repliesAtLast() {
    return replies.stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
