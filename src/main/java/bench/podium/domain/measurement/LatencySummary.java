package bench.podium.domain.measurement;

import bench.podium.domain.plan.Slo.LatencyFigure;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The published figures of a latency distribution, each in whole microseconds.
 *
 * @param atLeast the figures that are lower bounds, because a lost request may have waited longer
 *     than is known
 */
public record LatencySummary(
    long meanMicros,
    long p50Micros,
    long p90Micros,
    long p95Micros,
    long p99Micros,
    long p999Micros,
    long maxMicros,
    Set<LatencyFigure> atLeast) {

  public LatencySummary {
    Set<LatencyFigure> sorted = EnumSet.noneOf(LatencyFigure.class);
    sorted.addAll(atLeast);
    atLeast = Collections.unmodifiableSet(sorted);
  }

  /**
   * Summary of replies alone.
   *
   * @return empty if there are no replies: their latency is unknown, not zero
   */
  public static Optional<LatencySummary> of(LatencyHistogram histogram) {
    return of(histogram, Set.of());
  }

  /**
   * Summary of replies and lost requests together. A percentile is a lower bound if the wait of a
   * lost request is at or below it: the true wait may be longer and would raise it. The mean is a
   * lower bound if there is any lost request.
   *
   * @param lost the lost requests, each with its minimum wait
   */
  public static Optional<LatencySummary> of(LatencyHistogram replies, LatencyHistogram lost) {
    if (lost.isEmpty()) {
      return of(replies);
    }
    LatencyHistogram all = LatencyHistogram.merge(List.of(replies, lost));
    return of(all, Set.of())
        .map(
            summary ->
                summary.with(
                    Arrays.stream(LatencyFigure.values())
                        .filter(
                            figure ->
                                figure == LatencyFigure.MEAN
                                    || summary.micros(figure) >= lost.minMicros())
                        .toList()));
  }

  /** Summary of a distribution in which lost requests affect all percentiles. */
  public static Optional<LatencySummary> lowerBounds(LatencyHistogram histogram) {
    return of(histogram, EnumSet.allOf(LatencyFigure.class));
  }

  private static Optional<LatencySummary> of(
      LatencyHistogram histogram, Set<LatencyFigure> atLeast) {
    if (histogram.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LatencySummary(
            Math.round(histogram.meanMicros()),
            histogram.percentileMicros(50),
            histogram.percentileMicros(90),
            histogram.percentileMicros(95),
            histogram.percentileMicros(99),
            histogram.percentileMicros(99.9),
            histogram.maxMicros(),
            atLeast));
  }

  private LatencySummary with(Collection<LatencyFigure> lowerBounds) {
    return new LatencySummary(
        meanMicros,
        p50Micros,
        p90Micros,
        p95Micros,
        p99Micros,
        p999Micros,
        maxMicros,
        Set.copyOf(lowerBounds));
  }

  /** One figure, in microseconds. */
  public long micros(LatencyFigure figure) {
    return switch (figure) {
      case MEAN -> meanMicros;
      case P50 -> p50Micros;
      case P90 -> p90Micros;
      case P95 -> p95Micros;
      case P99 -> p99Micros;
      case P999 -> p999Micros;
      case MAX -> maxMicros;
    };
  }

  /** Whether this figure is only a lower bound. */
  public boolean isAtLeast(LatencyFigure figure) {
    return atLeast.contains(figure);
  }
}
