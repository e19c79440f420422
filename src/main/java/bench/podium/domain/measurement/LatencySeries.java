package bench.podium.domain.measurement;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Latencies second by second.
 *
 * @param seconds of the measured part, in order: the latencies of the requests that should have
 *     gone in each; empty where the engine gives none
 */
public record LatencySeries(List<LatencyHistogram> seconds) {

  /** Longer stages have no series: it would not fit what a worker can report. */
  public static final int MAX_SECONDS = 600;

  private static final LatencySeries NONE = new LatencySeries(List.of());
  private static final int SPIKE = 3;
  private static final int THOUSAND = 1000;

  public LatencySeries {
    seconds = List.copyOf(seconds);
  }

  /** Of an engine that tells only the whole. */
  public static LatencySeries none() {
    return NONE;
  }

  /** Of several workers: their latencies of the same second together. */
  static LatencySeries merge(Collection<LatencySeries> parts) {
    int length = parts.stream().mapToInt(part -> part.seconds.size()).max().orElse(0);
    return new LatencySeries(
        IntStream.range(0, length)
            .mapToObj(
                second ->
                    LatencyHistogram.merge(
                        parts.stream()
                            .filter(part -> second < part.seconds.size())
                            .map(part -> part.seconds.get(second))
                            .toList()))
            .toList());
  }

  /**
   * Standard deviation of the 99th percentiles of the seconds in which something was answered (with
   * n - 1), in whole us.
   *
   * @return empty with fewer than two such seconds
   */
  public Optional<Long> p99JitterMicros() {
    long[] p99 = p99();
    if (p99.length < 2) {
      return Optional.empty();
    }
    double mean = Arrays.stream(p99).average().orElse(0);
    double squares = Arrays.stream(p99).mapToDouble(each -> (each - mean) * (each - mean)).sum();
    return Optional.of(Math.round(Math.sqrt(squares / (p99.length - 1))));
  }

  /**
   * How many seconds in a thousand have a 99th percentile above three times the median of them all,
   * and above what is allowed; or no reply at all.
   *
   * @param allowedMicros the SLO of the 99th percentile; 0: there is none
   * @param replies in each second; empty where that is not known
   * @return empty with fewer than two seconds of which anything is known
   */
  Optional<Integer> spikePermille(long allowedMicros, List<Long> replies) {
    double bound = Math.max(SPIKE * median(p99()), (double) allowedMicros);
    int known = 0;
    int spikes = 0;
    for (int second = 0; second < Math.max(seconds.size(), replies.size()); second++) {
      boolean silent = second < replies.size() && replies.get(second) == 0;
      boolean measured = second < seconds.size() && !seconds.get(second).isEmpty();
      boolean high = measured && seconds.get(second).percentileMicros(99) > bound;
      known += measured || second < replies.size() ? 1 : 0;
      spikes += silent || high ? 1 : 0;
    }
    return known < 2
        ? Optional.empty()
        : Optional.of((int) Math.round((double) spikes * THOUSAND / known));
  }

  private long[] p99() {
    return seconds.stream()
        .filter(second -> !second.isEmpty())
        .mapToLong(second -> second.percentileMicros(99))
        .toArray();
  }

  private static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      return 0;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : (sorted[middle - 1] + (double) sorted[middle]) / 2;
  }
}
