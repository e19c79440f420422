package bench.podium.engine.wrk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Creates counters of wrk's threads. */
final class WrkThreads {

  private WrkThreads() {}

  /** A thread that sent nothing. */
  static WrkThread withoutRequests(int connections) {
    return new WrkThread(
        0,
        0,
        0,
        false,
        new WrkThread.Scan(0, 0, 0, Collections.nCopies(connections, 0L)),
        late(),
        0,
        0,
        0,
        List.of(0L));
  }

  /**
   * A thread whose last scan was a number of requests before the last one.
   *
   * @param replies until its last request
   */
  static WrkThread scanned(
      long at, long requestsSince, long sent, long last, long replies, Long... since) {
    return new WrkThread(
        sent,
        last,
        0,
        true,
        new WrkThread.Scan(at, sent - requestsSince + 1, 0, List.of(since)),
        late(),
        0,
        0,
        0,
        List.of(replies));
  }

  /** Adds late replies found by scans. */
  static WrkThread withLate(WrkThread thread, int bucket, long count, long micros) {
    List<Long> late = new ArrayList<>(thread.late());
    late.set(bucket, count);
    return new WrkThread(
        thread.sent(),
        thread.last(),
        thread.broken(),
        thread.visible(),
        new WrkThread.Scan(thread.scan().at(), thread.scan().sent(), count, thread.scan().since()),
        late,
        micros,
        thread.closedMicros(),
        thread.brokenMicros(),
        thread.replies());
  }

  /** Adds waits that ended because the connections broke. */
  static WrkThread withBroken(WrkThread thread, long micros) {
    return new WrkThread(
        thread.sent(),
        thread.last(),
        thread.broken(),
        thread.visible(),
        thread.scan(),
        thread.late(),
        thread.lateMicros(),
        thread.closedMicros(),
        micros,
        thread.replies());
  }

  /** Marks wrk's structs as unreadable. */
  static WrkThread unreadable(WrkThread thread) {
    return new WrkThread(
        thread.sent(),
        thread.last(),
        thread.broken(),
        false,
        thread.scan(),
        thread.late(),
        0,
        0,
        0,
        thread.replies());
  }

  /** Replaces the replies by slot. */
  static WrkThread withReplies(WrkThread thread, List<Long> replies) {
    return new WrkThread(
        thread.sent(),
        thread.last(),
        thread.broken(),
        thread.visible(),
        thread.scan(),
        thread.late(),
        thread.lateMicros(),
        thread.closedMicros(),
        thread.brokenMicros(),
        replies);
  }

  private static List<Long> late() {
    return Collections.nCopies(CountersLayout.LATE_BUCKETS, 0L);
  }
}
