package bench.podium.status;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.BrokenLaw;
import bench.podium.api.v1alpha1.LatencyMicros;
import bench.podium.api.v1alpha1.RankedTarget;
import bench.podium.api.v1alpha1.RequestErrors;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.domain.judge.Figures;
import bench.podium.domain.judge.Ranking;
import bench.podium.domain.judge.Row;
import bench.podium.domain.measure.BusyConnections;
import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.LatencySummary;
import bench.podium.domain.plan.Slo.LatencyFigure;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rows and places as the status shows them. */
public final class ResultRows {

  private static final int LIST_BOUND = 16;
  private static final int RANKED_BOUND = 50;

  private ResultRows() {}

  /** One for each row, in the same order, each text cut to its bound. */
  public static List<ResultRow> of(List<Row> rows) {
    return rows.stream().limit(Bounds.ROWS).map(ResultRows::row).toList();
  }

  static List<RankedTarget> places(List<Ranking.Place> places) {
    return places.stream()
        .limit(RANKED_BOUND)
        .map(
            place ->
                new RankedTarget(
                    place.place(),
                    place.target(),
                    place.stage(),
                    place.throughput(),
                    place.latencyP99Micros(),
                    place.latencyP99AtLeast() ? true : null,
                    place.sloMet()))
        .toList();
  }

  private static ResultRow row(Row row) {
    Optional<Figures> figures = row.figures();
    return new ResultRow(
        row.target(),
        row.stage(),
        figures.map(Figures::requests).orElse(null),
        figures.map(Figures::goodReplies).orElse(null),
        figures.map(Figures::sent).orElse(null),
        figures.map(Figures::durationMillis).orElse(null),
        figures.map(Figures::throughput).orElse(null),
        figures.flatMap(Figures::open).map(Figures.OpenLoad::intended).orElse(null),
        figures.flatMap(Figures::latency).map(ResultRows::latency).orElse(null),
        figures.flatMap(Figures::corrected).map(ResultRows::latency).orElse(null),
        figures.map(ResultRows::errors).orElse(null),
        figures.map(Figures::startSkewMicros).orElse(null),
        figures.map(Figures::startSkewErrorMicros).orElse(null),
        figures.flatMap(Figures::busyConnections).map(BusyConnections::permille).orElse(null),
        figures.flatMap(Figures::generatorWaitPermille).orElse(null),
        figures.flatMap(Figures::open).map(Figures.OpenLoad::sendDelayMicros).orElse(null),
        figures.map(Figures::reconnects).filter(count -> count > 0).orElse(null),
        figures.flatMap(Figures::p99JitterMicros).orElse(null),
        figures.flatMap(Figures::spikePermille).orElse(null),
        used(figures, Figures.Used::cpuMillicores),
        used(figures, Figures.Used::memoryMaxBytes),
        used(figures, Figures.Used::threadsMax),
        figures.flatMap(Figures::used).flatMap(Figures.Used::requestsPerCpuSecond).orElse(null),
        row.restarts(),
        row.oomKills(),
        row.attempts(),
        row.brokenLaws().stream().limit(LIST_BOUND).map(ResultRows::brokenLaw).toList(),
        Words.rowReason(row.reason()),
        message(row.message()),
        row.warnings().stream().limit(LIST_BOUND).map(ResultRows::word).toList(),
        Words.verdict(row.verdict()));
  }

  private static <T> T used(Optional<Figures> figures, Function<Figures.Used, T> figure) {
    return figures.flatMap(Figures::used).map(figure).orElse(null);
  }

  /** As it is read back: an empty text is left out of the JSON. */
  private static String message(String text) {
    return text.isEmpty() ? null : CutText.to(Bounds.MESSAGE_LENGTH, text);
  }

  private static String word(String text) {
    return CutText.to(Bounds.WORD_LENGTH, text);
  }

  private static BrokenLaw brokenLaw(bench.podium.domain.measure.BrokenLaw broken) {
    return new BrokenLaw(broken.law().reason(), message(broken.message()));
  }

  private static LatencyMicros latency(LatencySummary summary) {
    return new LatencyMicros(
        summary.meanMicros(),
        summary.p50Micros(),
        summary.p90Micros(),
        summary.p99Micros(),
        summary.p999Micros(),
        summary.maxMicros(),
        summary.atLeast().stream().map(ResultRows::name).toList());
  }

  /** As the field is called. */
  private static String name(LatencyFigure figure) {
    return switch (figure) {
      case MEAN -> "mean";
      case P50 -> "p50";
      case P90 -> "p90";
      case P99 -> "p99";
      case P999 -> "p999";
      case MAX -> "max";
    };
  }

  private static RequestErrors errors(Figures figures) {
    ErrorCounts errors = figures.errors();
    return new RequestErrors(
        errors.connect(),
        errors.read(),
        errors.write(),
        errors.timeout(),
        errors.status(),
        figures.stalls().map(ResultRows::permille).orElse(null));
  }

  /** Rounded up: little is more than none. */
  private static Integer permille(Figures.Stalls stalls) {
    return (int) Math.ceilDiv(stalls.partsPerMillion(), 1000);
  }
}
