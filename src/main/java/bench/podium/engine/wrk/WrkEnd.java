package bench.podium.engine.wrk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * What all connections of wrk waited for at its end, as far as that was longer than the timeout.
 * Waits are in us.
 *
 * @param requests how long each request waited for its reply as the last scans show it, shortest
 *     first
 * @param toOpen how long each connection waited to be opened (again)
 * @param lateSince how many of the requests have had a late reply all the same
 * @param unanswered how many of them never had a reply
 */
record WrkEnd(List<Long> requests, List<Long> toOpen, long lateSince, int unanswered) {

  static WrkEnd of(WrkTotals totals, List<WrkThread> threads, long timeout) {
    int each = totals.connections() / threads.size();
    List<WrkWaits> waits =
        threads.stream()
            .map(
                thread ->
                    WrkWaits.of(thread, each, totals.openedMicros(), totals.endMicros(), timeout))
            .toList();
    List<Long> requests = requests(waits, _ -> true);
    long seenLate = threads.stream().mapToLong(thread -> thread.scan().late()).sum();
    long lateSince = Math.clamp(totals.late() - seenLate, 0, requests.size());
    // Where a thread sent nothing more, requests may have broken unseen.
    long seenBroken = threads.stream().mapToLong(WrkThread::broken).sum();
    long brokenSince =
        Math.clamp(totals.broken() - seenBroken, 0, requests(waits, WrkWaits::quiet).size());
    long unansweredRequests = Math.max(0, totals.sent() - totals.requests());
    return new WrkEnd(
        requests,
        waits.stream().flatMap(wait -> wait.toOpen().stream()).toList(),
        lateSince,
        (int) Math.clamp(requests.size() - lateSince - brokenSince, 0, unansweredRequests));
  }

  private static List<Long> requests(List<WrkWaits> waits, Predicate<WrkWaits> which) {
    return waits.stream()
        .filter(which)
        .flatMap(wait -> wait.requests().stream())
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /** The waits of those that hang: at least. */
  List<Long> unansweredWaits() {
    return requests.subList(0, unanswered);
  }

  /** How many connections waited until the end. */
  long unansweredRequests() {
    return requests.size() + toOpen.size() - lateSince;
  }

  /** How long they waited together. */
  long waited() {
    return all().sum();
  }

  /** The shortest of their waits; 0 where there is none. */
  long shortest() {
    return unansweredRequests() == 0 ? 0 : all().min().orElse(0);
  }

  private LongStream all() {
    List<Long> all = new ArrayList<>(requests);
    all.addAll(toOpen);
    return all.stream().mapToLong(Long::longValue);
  }
}
