package bench.podium.engine.wrk;

import bench.podium.domain.measurement.ConnectionStalls;
import bench.podium.domain.measurement.LatencyHistogram;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lost requests of one wrk process: late replies, broken connections, and requests that had
 * waited longer than the timeout when wrk ended, which wrk does not report.
 *
 * @param byMicros number of lost requests by wait in us; a request whose wait is not known counts
 *     at the timeout
 * @param unanswered how many of them had no reply at the end
 * @param stalls absent if the connections could not be read
 */
record WrkLosses(
    NavigableMap<Long, Long> byMicros, long unanswered, Optional<ConnectionStalls> stalls) {

  private static final long LATE_BUCKET_MICROS = 100_000;

  /**
   * @param timeout after which a request counts as lost
   */
  static WrkLosses of(WrkTotals totals, List<WrkThread> threads, Duration timeout) {
    long micros = timeout.toNanos() / 1000;
    if (!threads.stream().allMatch(WrkThread::isReadable)) {
      return withoutScans(totals, threads, micros);
    }
    WrkEnd end = WrkEnd.of(totals, threads, micros);
    NavigableMap<Long, Long> lost = lateAndBroken(totals, threads, micros);
    end.unansweredWaits().forEach(wait -> lost.merge(wait, 1L, Long::sum));
    return new WrkLosses(lost, end.unanswered(), Optional.of(stalls(totals, threads, end, micros)));
  }

  private static ConnectionStalls stalls(
      WrkTotals totals, List<WrkThread> threads, WrkEnd end, long timeout) {
    long scannedLate =
        threads.stream().flatMapToLong(t -> t.late().stream().mapToLong(Long::longValue)).sum();
    long unscannedLate = Math.max(0, totals.late() - scannedLate - end.lateSince());
    long finishedWaits =
        threads.stream().mapToLong(t -> t.lateMicros() + t.closedMicros() + t.brokenMicros()).sum();
    return new ConnectionStalls(
        totals.connections(),
        totals.duration().multipliedBy(totals.connections()),
        duration(unscannedLate * timeout + finishedWaits + end.totalWait()),
        end.waitingConnections(),
        duration(end.shortestWait()));
  }

  /**
   * The losses if connections cannot be read. A thread that sent nothing for at least the timeout
   * had no reply on any of its connections, so all of them are unanswered.
   */
  private static WrkLosses withoutScans(WrkTotals totals, List<WrkThread> threads, long timeout) {
    int each = totals.connections() / threads.size();
    NavigableMap<Long, Long> lost = lateAndBroken(totals, List.of(), timeout);
    long left = Math.max(0, totals.sent() - totals.requests() - totals.broken());
    long unanswered = 0;
    for (WrkThread thread : threads) {
      long wait = totals.endMicros() - thread.last();
      if (thread.sent() > 0 && wait >= timeout && left > 0) {
        long those = Math.min(each, left);
        lost.merge(wait, those, Long::sum);
        unanswered += those;
        left -= those;
      }
    }
    return new WrkLosses(lost, unanswered, Optional.empty());
  }

  /** As many as wrk counted: first the waits found by scans, the rest at the timeout. */
  private static NavigableMap<Long, Long> lateAndBroken(
      WrkTotals totals, List<WrkThread> threads, long timeout) {
    NavigableMap<Long, Long> lost = new TreeMap<>();
    long left = totals.late() + totals.broken();
    for (int bucket = CountersLayout.LATE_BUCKETS - 1; bucket >= 0 && left > 0; bucket--) {
      int at = bucket;
      long observed = threads.stream().mapToLong(thread -> thread.late().get(at)).sum();
      long those = Math.min(observed, left);
      if (those > 0) {
        lost.merge(Math.max(timeout, bucket * LATE_BUCKET_MICROS), those, Long::sum);
        left -= those;
      }
    }
    if (left > 0) {
      lost.merge(timeout, left, Long::sum);
    }
    return lost;
  }

  /** The waits of all lost requests. */
  LatencyHistogram histogram() {
    return LatencyHistogram.of(byMicros);
  }

  /**
   * The waits with wrk's correction for coordinated omission: each wait of at least twice the
   * interval adds one count at wait - interval, wait - 2 x interval and so on, down to more than
   * one interval.
   *
   * @param interval zero: no correction
   */
  LatencyHistogram corrected(Duration interval) {
    long step = interval.toNanos() / 1000;
    LatencyHistogram.Builder corrected = LatencyHistogram.builder();
    byMicros.forEach(
        (micros, count) -> {
          long highest = Math.min(micros, LatencyHistogram.MAX_MICROS);
          long terms = step == 0 ? 1 : Math.max(1, (highest - 1) / step);
          corrected.addDescending(highest, Math.max(1, step), terms, count);
        });
    return corrected.build();
  }

  private static Duration duration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
