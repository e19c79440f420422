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
 * One thread of wrk at its end, as it wrote itself into the file that it counts in. Times are in us
 * since 1970.
 *
 * @param last when its last request went; 0: none went
 * @param broken connections until then, by wrk's own count
 * @param visible whether wrk's own structs were as expected; without meaning where none went
 * @param scan its last scan of its connections
 * @param late replies later than the timeout that scans have seen, by the tenth of a second that
 *     they took
 * @param lateMicros how long these took together
 * @param closedMicros how long connections waited to be opened (again), where that was longer than
 *     the timeout and is over
 * @param brokenMicros how long requests waited at least whose connections broke within the timeout
 * @param replies until the last request of each slot; 0 where none went
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
   * @param at when it was; 0: never
   * @param sent requests until then, with the one before which it was
   * @param late replies by wrk's own count
   * @param since by connection, when its wait began: for a reply or, as a negative number, to be
   *     open and to send
   */
  record Scan(long at, long sent, long late, List<Long> since) {}

  /** Of all threads, once wrk has ended. */
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

  /** What a double holds, which Lua counts in. */
  private static List<Long> numbers(ByteBuffer buffer, int from, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> (long) buffer.getDouble(from + i * NUMBER_BYTES))
        .toList();
  }

  /** Whether its connections can be seen; a thread that sent nothing has none to be seen. */
  boolean known() {
    return sent == 0 || visible;
  }

  /** How many replies had come when its last request went. */
  long repliesAtLast() {
    return replies.stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
