package bench.podium.engine.wrk;

import bench.podium.domain.measurement.ReplySeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Replies by slot, from what each thread had counted when it sent its requests. */
final class WrkReplies {

  private WrkReplies() {}

  /**
   * @param requests of all threads, by wrk's own count: what came after a thread's last request is
   *     put into the slot of the last request of all
   */
  static ReplySeries of(List<WrkThread> threads, long requests, Duration stage) {
    int slots = ReplySeries.slotsOf(stage);
    if (slots == 0 || !threads.stream().allMatch(WrkThread::known)) {
      return ReplySeries.none();
    }
    List<Long> counts = new ArrayList<>(Collections.nCopies(slots, 0L));
    long observed = 0;
    for (WrkThread thread : threads) {
      long before = 0;
      for (int slot = 0; slot < slots; slot++) {
        long until = Math.max(before, thread.replies().get(slot));
        counts.set(slot, counts.get(slot) + until - before);
        before = until;
      }
      observed += before;
    }
    int last = threads.stream().map(WrkReplies::lastSlot).max(Comparator.naturalOrder()).orElse(0);
    counts.set(last, counts.get(last) + Math.max(0, requests - observed));
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
