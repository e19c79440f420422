package bench.podium.domain.measure;

import bench.podium.domain.plan.Slo.LatencyFigure;
import java.util.Optional;

/** The published figures of a latency distribution, each in whole microseconds. */
public record LatencySummary(
    long meanMicros,
    long p50Micros,
    long p90Micros,
    long p99Micros,
    long p999Micros,
    long maxMicros) {

  /** Empty where nothing was measured: a figure of nothing is not zero. */
  public static Optional<LatencySummary> of(LatencyHistogram histogram) {
    if (histogram.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LatencySummary(
            Math.round(histogram.meanMicros()),
            histogram.percentileMicros(50),
            histogram.percentileMicros(90),
            histogram.percentileMicros(99),
            histogram.percentileMicros(99.9),
            histogram.maxMicros()));
  }

  /** The one figure that a promise speaks of. */
  public long micros(LatencyFigure figure) {
    return switch (figure) {
      case MEAN -> meanMicros;
      case P50 -> p50Micros;
      case P90 -> p90Micros;
      case P99 -> p99Micros;
      case P999 -> p999Micros;
      case MAX -> maxMicros;
    };
  }
}
