package bench.podium.engine.wrk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The waits of one thread's connections that were longer than the timeout when wrk ended, in us.
 *
 * @param idle whether the thread sent nothing for longer than the interval between two scans
 * @param requests wait of each request for its reply, shortest first
 * @param toOpen wait of each connection to be opened, or opened again, and to send
 */
record WrkWaits(boolean idle, List<Long> requests, List<Long> toOpen) {

  private static final long SCAN_INTERVAL_MICROS = 100_000;

  /**
   * The wait of one connection.
   *
   * @param since its start, in us since the epoch
   * @param request true: for a reply; false: to be opened and to send
   */
  private record Pending(long since, boolean request) {}

  /**
   * Estimates the waits at wrk's end from the thread's last scan. A connection sends its next
   * request immediately after a reply. So a connection that had waited longer than the timeout at
   * the last scan is assumed to wait still. Of the others, as many got their replies as requests
   * were sent after the scan, and these are assumed to be the ones with the shortest waits. They
   * wait since the thread's last request at the latest.
   *
   * @param connections of the thread
   * @param opened when connections were to send for the first time, in us since the epoch
   * @param end when wrk ended, in us since the epoch
   * @param timeout in us
   */
  static WrkWaits of(WrkThread thread, int connections, long opened, long end, long timeout) {
    List<Long> requests = new ArrayList<>();
    List<Long> toOpen = new ArrayList<>();
    for (Pending pending : pending(thread, connections, opened, timeout)) {
      long wait = end - pending.since;
      if (wait >= timeout) {
        (pending.request ? requests : toOpen).add(wait);
      }
    }
    requests.sort(Comparator.naturalOrder());
    // No more requests can wait than were sent and not answered.
    long unansweredRequests = Math.max(0, thread.sent() - thread.repliesAtLast());
    int waiting = (int) Math.min(requests.size(), unansweredRequests);
    toOpen.addAll(requests.subList(waiting, requests.size()));
    return new WrkWaits(
        end - thread.last() > SCAN_INTERVAL_MICROS,
        List.copyOf(requests.subList(0, waiting)),
        List.copyOf(toOpen));
  }

  private static List<Pending> pending(
      WrkThread thread, int connections, long opened, long timeout) {
    WrkThread.Scan scan = thread.scan();
    List<Pending> pending = new ArrayList<>();
    if (scan.at() == 0) {
      for (int i = 0; i < connections; i++) {
        pending.add(new Pending(opened, false));
      }
      return pending;
    }
    // The scan ran before the request that triggered it was counted.
    long sentSince = thread.sent() - scan.sent() + 1;
    List<Pending> recent = new ArrayList<>();
    for (long since : scan.since()) {
      Pending wait = new Pending(Math.abs(since), since > 0);
      (scan.at() - wait.since >= timeout ? pending : recent).add(wait);
    }
    recent.sort(Comparator.comparing(Pending::since).reversed().thenComparing(Pending::request));
    for (int i = 0; i < recent.size(); i++) {
      pending.add(i < sentSince ? new Pending(thread.last(), true) : recent.get(i));
    }
    return pending;
  }
}
