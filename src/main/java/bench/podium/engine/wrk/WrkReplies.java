package bench.podium.engine.wrk;

import bench.podium.domain.measurement.ReplySeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Computes the replies by slot from the reply counts that each thread wrote when it sent. */
final class WrkReplies {

  private WrkReplies() {}

  /**
   * @param requests replies of all threads according to wrk; those that came after a thread's last
   *     request are added to the slot of the last request of all threads
   * @param stage length of the measured part
   */
  static ReplySeries of(List<WrkThread> threads, long requests, Duration stage) {
    int slots = ReplySeries.slotsOf(stage);
    if (slots == 0 || !threads.stream().allMatch(WrkThread::isReadable)) {
      return ReplySeries.none();
    }
    List<Long> counts = new ArrayList<>(Collections.nCopies(slots, 0L));
    long counted = 0;
    for (WrkThread thread : threads) {
      long before = 0;
      for (int slot = 0; slot < slots; slot++) {
        long until = Math.max(before, thread.replies().get(slot));
        counts.set(slot, counts.get(slot) + until - before);
        before = until;
      }
      counted += before;
    }
    int last = threads.stream().map(WrkReplies::lastSlot).max(Comparator.naturalOrder()).orElse(0);
    counts.set(last, counts.get(last) + Math.max(0, requests - counted));
    return new ReplySeries(ReplySeries.slotOf(stage), counts);
  }

  private static int lastSlot(WrkThread thread) {
    int last = 0;
    for (int slot = 0; slot < thread.replies().size(); slot++) {
      last = thread.replies().get(slot) > 0 ? slot : last;
    }
    return last;
  }
}
