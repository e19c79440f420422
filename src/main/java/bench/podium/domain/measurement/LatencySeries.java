package bench.podium.domain.measurement;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Latencies second by second.
 *
 * @param seconds one histogram for each second of the measured part, in order, with the latencies
 *     of the requests that were scheduled in it; empty where the engine provides none
 */
public record LatencySeries(List<LatencyHistogram> seconds) {

  /** Longer stages have no series: it would exceed the size of a worker's report. */
  public static final int MAX_SECONDS = 600;

  private static final LatencySeries NONE = new LatencySeries(List.of());
  private static final int SPIKE_FACTOR = 3;
  private static final int THOUSAND = 1000;

  public LatencySeries {
    seconds = List.copyOf(seconds);
  }

  /** The series of an engine that provides no latencies by the second. */
  public static LatencySeries none() {
    return NONE;
  }

  /** Merges the latencies of several workers second by second. */
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
   * Sample standard deviation (n - 1) of the 99th percentiles of the seconds that have a latency,
   * in whole us.
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
   * How many seconds in a thousand are spikes: their 99th percentile is above three times the
   * median of all seconds and above {@code allowedMicros}, or they have no reply at all.
   *
   * @param allowedMicros limit of the SLO of the 99th percentile in us; 0 if there is none
   * @param replies number of replies in each second; empty where it is unknown
   * @return 0 to 1000; empty with fewer than two known seconds
   */
  Optional<Integer> spikePermille(long allowedMicros, List<Long> replies) {
    double bound = Math.max(SPIKE_FACTOR * median(p99()), (double) allowedMicros);
    int known = 0;
    int spikes = 0;
    for (int second = 0; second < Math.max(seconds.size(), replies.size()); second++) {
      boolean withoutReply = second < replies.size() && replies.get(second) == 0;
      boolean measured = second < seconds.size() && !seconds.get(second).isEmpty();
      boolean high = measured && seconds.get(second).percentileMicros(99) > bound;
      known += measured || second < replies.size() ? 1 : 0;
      spikes += withoutReply || high ? 1 : 0;
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
