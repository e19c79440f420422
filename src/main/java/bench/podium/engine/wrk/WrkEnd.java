package bench.podium.engine.wrk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * The waits of all connections that were longer than the timeout when wrk ended, in us.
 *
 * @param requests wait of each request for its reply according to the last scans, shortest first
 * @param toOpen wait of each connection to be opened, or opened again
 * @param lateSince how many of the requests got a late reply after the last scan
 * @param unanswered how many of the requests never got a reply
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
    long scannedLate = threads.stream().mapToLong(thread -> thread.scan().late()).sum();
    long lateSince = Math.clamp(totals.late() - scannedLate, 0, requests.size());
    // The broken requests of a thread that sent nothing more are missing in its counters.
    long countedBroken = threads.stream().mapToLong(WrkThread::broken).sum();
    long brokenSince =
        Math.clamp(totals.broken() - countedBroken, 0, requests(waits, WrkWaits::idle).size());
    long unansweredRequests = Math.max(0, totals.sent() - totals.requests());
    return new WrkEnd(
        requests,
        waits.stream().flatMap(wait -> wait.toOpen().stream()).toList(),
        lateSince,
        (int) Math.clamp(requests.size() - lateSince - brokenSince, 0, unansweredRequests));
  }

  private static List<Long> requests(List<WrkWaits> waits, Predicate<WrkWaits> filter) {
    return waits.stream()
        .filter(filter)
        .flatMap(wait -> wait.requests().stream())
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /** Lower bounds of the waits of the unanswered requests. */
  List<Long> unansweredWaits() {
    return requests.subList(0, unanswered);
  }

  /** The number of connections that still waited at the end. */
  long waitingConnections() {
    return requests.size() + toOpen.size() - lateSince;
  }

  /** The sum of all waits. */
  long totalWait() {
    return allWaits().sum();
  }

  /** The shortest wait; 0 if there is none. */
  long shortestWait() {
    return waitingConnections() == 0 ? 0 : allWaits().min().orElse(0);
  }

  private LongStream allWaits() {
    List<Long> all = new ArrayList<>(requests);
    all.addAll(toOpen);
    return all.stream().mapToLong(Long::longValue);
  }
}
