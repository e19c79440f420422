package bench.podium.domain.judge;

import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Slo.LatencyFigure;
import java.util.Optional;

/** Whether figures keep an SLO, and how far they are from its limit. */
public final class Promise {

  private Promise() {}

  /** A latency SLO is missed where nothing was answered in time. */
  public static boolean kept(Slo slo, Figures figures) {
    return shareOfLimit(slo, figures) <= 1;
  }

  /**
   * The figure divided by its limit: 1 is just kept. A limit of 0 is kept by 0 alone.
   *
   * @return positive infinity where there is no such figure
   */
  public static double shareOfLimit(Slo slo, Figures figures) {
    return switch (slo) {
      case Slo.Latency(LatencyFigure figure, long maxMicros) ->
          share(figures.latency().map(latency -> latency.micros(figure)), maxMicros);
      case Slo.ErrorRatio(long maxPartsPerMillion) ->
          share(Optional.of(figures.errorPartsPerMillion()), maxPartsPerMillion);
    };
  }

  private static double share(Optional<Long> value, long limit) {
    return value
        .map(present -> present == 0 ? 0.0 : (double) present / limit)
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** In words, for an SLO that is missed. */
  public static String missedBy(Slo slo, Figures figures) {
    return switch (slo) {
      case Slo.Latency(LatencyFigure figure, long maxMicros) ->
          figures
              .latency()
              .map(
                  latency ->
                      "%s %d us is more than %d us"
                          .formatted(name(figure), latency.micros(figure), maxMicros))
              .orElse("%s: no reply came in time".formatted(name(figure)));
      case Slo.ErrorRatio(long maxPartsPerMillion) ->
          "ErrorRatio %d ppm is more than %d ppm"
              .formatted(figures.errorPartsPerMillion(), maxPartsPerMillion);
    };
  }

  /** As the spec has it. */
  private static String name(LatencyFigure figure) {
    return switch (figure) {
      case MEAN -> "LatencyMean";
      case P50 -> "LatencyP50";
      case P90 -> "LatencyP90";
      case P99 -> "LatencyP99";
      case P999 -> "LatencyP999";
      case MAX -> "LatencyMax";
    };
  }
}
