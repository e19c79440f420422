package bench.podium.engine.wrk;

import bench.podium.domain.measure.ConnectionStalls;
import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.LatencyHistogram;
import bench.podium.engine.LoadOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The lost requests of one run of wrk: replies that were late, connections that broke, and requests
 * that were older than the timeout when wrk ended, of which wrk knows nothing.
 *
 * @param byMicros each lost request once, at max(timeout, its wait as far as known)
 * @param hung how many of them had no reply at the end
 * @param stalls absent where the connections could not be seen
 */
record WrkLosses(NavigableMap<Long, Long> byMicros, long hung, Optional<ConnectionStalls> stalls) {

  private static final long LATE_BUCKET_MICROS = 100_000;

  /**
   * What is known of a run of wrk as a whole.
   *
   * @param begun when wrk's duration began
   * @param opens when the first requests were to go
   * @param requests replies
   * @param errors by wrk's own count: late replies are its timeouts
   */
  record Run(
      Instant begun,
      Instant opens,
      Duration duration,
      int connections,
      long sent,
      long requests,
      ErrorCounts errors) {

    private long end() {
      return micros(begun.plus(duration));
    }

    private long broken() {
      return errors.read() + errors.write();
    }
  }

  static WrkLosses of(LoadOrder order, Run run, List<WrkThread> threads) {
    long timeout = order.timeout().toNanos() / 1000;
    int each = run.connections / threads.size();
    if (!threads.stream().allMatch(WrkThread::known)) {
      return ofSilentThreads(run, threads, each, timeout);
    }
    List<WrkWaits> waits =
        threads.stream()
            .map(t -> WrkWaits.of(t, each, micros(run.opens), run.end(), timeout))
            .toList();
    List<Long> requests = requests(waits, _ -> true);
    List<Long> toOpen = waits.stream().flatMap(w -> w.toOpen().stream()).toList();
    // Of those that the last scans saw waiting, some may have had a late reply since.
    long lateSince =
        Math.max(0, run.errors.timeout() - threads.stream().mapToLong(t -> t.scan().late()).sum());
    // And where a thread sent nothing more, some may have broken.
    long brokenSince =
        Math.max(0, run.broken() - threads.stream().mapToLong(WrkThread::broken).sum());
    long broken = Math.min(brokenSince, requests(waits, WrkWaits::quiet).size());
    int hung =
        (int)
            Math.clamp(
                requests.size() - lateSince - broken, 0, Math.max(0, run.sent - run.requests));
    NavigableMap<Long, Long> lost = lateAndBroken(run, threads, timeout);
    requests.subList(0, hung).forEach(wait -> lost.merge(wait, 1L, Long::sum));

    List<Long> all = new ArrayList<>(requests);
    all.addAll(toOpen);
    long answered = Math.min(lateSince, requests.size());
    long seen = seenLate(threads);
    long unseen = Math.max(0, run.errors.timeout() - seen - answered);
    long waited =
        unseen * timeout
            + threads.stream().mapToLong(t -> t.lateMicros() + t.closedMicros()).sum()
            + all.stream().mapToLong(Long::longValue).sum();
    long shortest = all.stream().min(Comparator.naturalOrder()).orElse(0L);
    long unanswered = all.size() - answered;
    return new WrkLosses(
        lost,
        hung,
        Optional.of(
            new ConnectionStalls(
                run.connections,
                run.duration.multipliedBy(run.connections),
                duration(waited),
                unanswered,
                unanswered == 0 ? Duration.ZERO : duration(shortest))));
  }

  private static List<Long> requests(List<WrkWaits> waits, Predicate<WrkWaits> which) {
    return waits.stream().filter(which).flatMap(w -> w.requests().stream()).sorted().toList();
  }

  /**
   * Where connections cannot be seen: a thread that had no occasion to send for as long as the
   * timeout shows that all its connections hang.
   */
  private static WrkLosses ofSilentThreads(
      Run run, List<WrkThread> threads, int each, long timeout) {
    NavigableMap<Long, Long> lost = lateAndBroken(run, List.of(), timeout);
    long left = Math.max(0, run.sent - run.requests - run.broken());
    long hung = 0;
    for (WrkThread thread : threads) {
      long wait = run.end() - thread.last();
      if (thread.sent() > 0 && wait >= timeout && left > 0) {
        long those = Math.min(each, left);
        lost.merge(wait, those, Long::sum);
        hung += those;
        left -= those;
      }
    }
    return new WrkLosses(lost, hung, Optional.empty());
  }

  /** As many as wrk counted: the longest at the waits that scans have seen, the rest at least. */
  private static NavigableMap<Long, Long> lateAndBroken(
      Run run, List<WrkThread> threads, long timeout) {
    NavigableMap<Long, Long> lost = new TreeMap<>();
    long left = run.errors.timeout() + run.broken();
    for (int bucket = CountersLayout.LATE_BUCKETS - 1; bucket >= 0 && left > 0; bucket--) {
      int at = bucket;
      long seen = threads.stream().mapToLong(thread -> thread.late().get(at)).sum();
      long those = Math.min(seen, left);
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

  private static long seenLate(List<WrkThread> threads) {
    return threads.stream()
        .flatMap(thread -> thread.late().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  LatencyHistogram histogram() {
    return LatencyHistogram.of(byMicros);
  }

  /**
   * What wrk's correction makes of them: for each lost request of at least twice the interval one
   * more count at each interval below, as long as that is above one.
   *
   * @param interval zero: nothing is corrected
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

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Duration duration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
