package bench.podium.domain.evaluation;

import bench.podium.domain.measurement.LatencySummary;
import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Slo.LatencyFigure;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Decides whether the figures of a row meet an SLO, and how far they are from its limit. */
public final class SloEvaluation {

  private static final long MIN_DELAY_MICROS = 1_000;
  private static final int DELAY_SHARE = 10;

  private SloEvaluation() {}

  /** Whether the figures meet an SLO. */
  public enum Outcome {
    MET,
    MISSED,
    /** A lower bound is below the limit, or an excess may be caused by the generator. */
    UNDECIDED
  }

  /**
   * Evaluates one SLO. A latency SLO is missed where no reply came in time and no lost request is
   * known.
   */
  public static Outcome outcome(Slo slo, StepMetrics figures) {
    return switch (slo) {
      case Slo.Latency(LatencyFigure figure, long maxMicros) ->
          figures
              .latency()
              .map(latency -> outcome(latency, figure, maxMicros, figures))
              .orElse(Outcome.MISSED);
      case Slo.ErrorRatio errors -> met(ratioToLimit(errors, figures) <= 1);
      case Slo.StalledRatio stalled ->
          figures.stalls().isEmpty() ? Outcome.UNDECIDED : met(ratioToLimit(stalled, figures) <= 1);
    };
  }

  private static Outcome met(boolean met) {
    return met ? Outcome.MET : Outcome.MISSED;
  }

  private static Outcome outcome(
      LatencySummary latency, LatencyFigure figure, long maxMicros, StepMetrics figures) {
    if (latency.micros(figure) > maxMicros) {
      return mayBeCausedBySendDelay(latency, figure, maxMicros, figures)
          ? Outcome.UNDECIDED
          : Outcome.MISSED;
    }
    return latency.isAtLeast(figure) ? Outcome.UNDECIDED : Outcome.MET;
  }

  /**
   * Whether the figure may exceed its limit only because of the generator's send delay: the delay
   * is significant, and the figure less the longest delay is within the limit.
   */
  private static boolean mayBeCausedBySendDelay(
      LatencySummary latency, LatencyFigure figure, long maxMicros, StepMetrics figures) {
    return isSendDelayed(figure, figures)
        && latency.micros(figure) - delayMicros(LatencyFigure.MAX, figures) <= maxMicros;
  }

  /**
   * Whether the send delay of an open load is significant for this figure: more than 1 ms, and more
   * than a tenth of the same figure over the replies. Latencies include the send delay, so that it
   * can only make them worse.
   */
  static boolean isSendDelayed(LatencyFigure figure, StepMetrics figures) {
    return figures
        .open()
        .flatMap(StepMetrics.OpenLoad::sendDelay)
        .filter(
            delay ->
                delay.micros(figure)
                    > Math.max(MIN_DELAY_MICROS, figures.repliesMicros(figure) / DELAY_SHARE))
        .isPresent();
  }

  /**
   * The figure divided by its limit: the SLO is met up to 1. A limit of 0 is met only by 0.
   *
   * @return at least 0; positive infinity where there is no such figure
   */
  public static double ratioToLimit(Slo slo, StepMetrics figures) {
    return switch (slo) {
      case Slo.Latency(LatencyFigure figure, long maxMicros) ->
          ratio(figures.latency().map(latency -> latency.micros(figure)), maxMicros);
      case Slo.ErrorRatio(long maxPartsPerMillion) ->
          ratio(Optional.of(figures.errorPartsPerMillion()), maxPartsPerMillion);
      case Slo.StalledRatio(long maxPartsPerMillion, boolean _) ->
          ratio(figures.stalls().map(StepMetrics.Stalls::partsPerMillion), maxPartsPerMillion);
    };
  }

  private static double ratio(Optional<Long> value, long limit) {
    return value
        .map(present -> present == 0 ? 0.0 : (double) present / limit)
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** Message that explains why an SLO is missed or undecided. */
  public static String message(Slo slo, StepMetrics figures) {
    return switch (slo) {
      case Slo.Latency(LatencyFigure figure, long maxMicros) ->
          figures
              .latency()
              .map(latency -> message(latency, figure, maxMicros, figures))
              .orElse("%s: no reply came in time".formatted(name(figure)));
      case Slo.ErrorRatio(long maxPartsPerMillion) ->
          "ErrorRatio %d ppm is more than %d ppm"
              .formatted(figures.errorPartsPerMillion(), maxPartsPerMillion);
      case Slo.StalledRatio(long maxPartsPerMillion, boolean implied) ->
          figures
              .stalls()
              .map(stalls -> stalled(stalls, maxPartsPerMillion, implied))
              .orElse(
                  "StalledRatio is not known: this build of the engine does not show its"
                      + " connections; use the worker image that comes with this version");
    };
  }

  private static String message(
      LatencySummary latency, LatencyFigure figure, long maxMicros, StepMetrics figures) {
    long micros = latency.micros(figure);
    if (micros > maxMicros) {
      String excess = "%s %d us is more than %d us".formatted(name(figure), micros, maxMicros);
      return mayBeCausedBySendDelay(latency, figure, maxMicros, figures)
          ? "%s, but requests were sent up to %d us late by the same figure: take more workers or"
                  .formatted(excess, delayMicros(figure, figures))
              + " threads, or give them more CPU"
          : excess;
    }
    String undecided =
        "%s is at least %d us, which does not decide %d us: requests were lost, "
            .formatted(name(figure), micros, maxMicros);
    // The mean would need the duration of each lost request.
    return undecided
        + (figure == LatencyFigure.MEAN
            ? "of which no more is known: judge by LatencyP99 and ErrorRatio"
            : "and load.timeout is not above the limit");
  }

  private static long delayMicros(LatencyFigure figure, StepMetrics figures) {
    return figures
        .open()
        .flatMap(StepMetrics.OpenLoad::sendDelay)
        .map(delay -> delay.micros(figure))
        .orElse(0L);
  }

  private static String stalled(
      StepMetrics.Stalls stalls, long maxPartsPerMillion, boolean implied) {
    String atTheEnd =
        stalls.unanswered() > 0
            ? "%d of %d connections had no reply in the last %s s; "
                .formatted(
                    stalls.unanswered(),
                    stalls.connections(),
                    seconds(stalls.unansweredForMillis()))
            : "";
    return "TargetStalled: %s%d connections waited for %s of %s s for late or missing replies; StalledRatio %s is more than %s%s"
        .formatted(
            atTheEnd,
            stalls.connections(),
            seconds(stalls.waitedMillis()),
            seconds(stalls.connectionMillis()),
            percent(stalls.partsPerMillion()),
            percent(maxPartsPerMillion),
            implied ? " (implied; an slo of metric StalledRatio sets another)" : "");
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f", millis / 1e3);
  }

  private static String percent(long partsPerMillion) {
    BigDecimal percent = BigDecimal.valueOf(partsPerMillion, 4).stripTrailingZeros();
    return percent.toPlainString() + "%";
  }

  /** The spelling in the spec. */
  private static String name(LatencyFigure figure) {
    return switch (figure) {
      case MEAN -> "LatencyMean";
      case P50 -> "LatencyP50";
      case P90 -> "LatencyP90";
      case P95 -> "LatencyP95";
      case P99 -> "LatencyP99";
      case P999 -> "LatencyP999";
      case MAX -> "LatencyMax";
    };
  }
}
