package bench.podium.engine.wrk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which connections of a thread were waiting when wrk ended, for longer than the timeout. Times are
 * in us.
 *
 * @param quiet whether the thread has sent nothing for longer than the time between two scans
 * @param requests how long each request waited for its reply, shortest first
 * @param toOpen how long each connection waited to be opened (again) and to send
 */
record WrkWaits(boolean quiet, List<Long> requests, List<Long> toOpen) {

  private static final long SCAN_EVERY_MICROS = 100_000;

  /**
   * What one connection waits for.
   *
   * @param request whether for a reply
   */
  private record Pending(long since, boolean request) {}

  /**
   * A reply is followed by the connection's next request at once. So what the last scan saw waiting
   * for longer than the timeout is taken to wait on, and of the younger ones as many have had their
   * replies as requests went after the scan: the youngest. Whoever sent those waits since the
   * thread's last request, at the latest.
   *
   * @param opened when connections were to send for the first time, in us since 1970
   * @param end of wrk, the same
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
    // More requests than were sent and not answered cannot wait.
    long unansweredRequests = Math.max(0, thread.sent() - thread.repliesAtLast());
    int waiting = (int) Math.min(requests.size(), unansweredRequests);
    toOpen.addAll(requests.subList(waiting, requests.size()));
    return new WrkWaits(
        end - thread.last() > SCAN_EVERY_MICROS,
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
    // The scan was before the request that caused it.
    long sentSince = thread.sent() - scan.sent() + 1;
    List<Pending> young = new ArrayList<>();
    for (long since : scan.since()) {
      Pending observed = new Pending(Math.abs(since), since > 0);
      (scan.at() - observed.since >= timeout ? pending : young).add(observed);
    }
    young.sort(Comparator.comparing(Pending::since).reversed().thenComparing(Pending::request));
    for (int i = 0; i < young.size(); i++) {
      pending.add(i < sentSince ? new Pending(thread.last(), true) : young.get(i));
    }
    return pending;
  }
}
