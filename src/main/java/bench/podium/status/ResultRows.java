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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rows and places as the status shows them. */
public final class ResultRows {

  private static final int LIST_BOUND = 16;
  private static final int RANKED_BOUND = 50;

  /** For all texts of all rows together, in bytes of UTF-8. */
  static final int TEXT_BYTES = 96 * 1024;

  /** In bytes, of a single text at most. */
  private final int share;

  private ResultRows(int share) {
    this.share = share;
  }

  /**
   * One for each row, in the same order, each text cut to its bound. Where there is no room for all
   * texts the longest are cut further; they stand whole in the step's data.
   */
  public static List<ResultRow> of(List<Row> rows) {
    List<Row> shown = rows.stream().limit(Bounds.ROWS).toList();
    List<Integer> sizes =
        shown.stream()
            .flatMap(ResultRows::texts)
            .map(text -> text.getBytes(StandardCharsets.UTF_8).length)
            .toList();
    ResultRows all = new ResultRows(TextShare.of(sizes, TEXT_BYTES));
    return shown.stream().map(all::row).toList();
  }

  private static Stream<String> texts(Row row) {
    return Stream.of(
            Stream.of(CutText.to(Bounds.MESSAGE_LENGTH, row.message())),
            row.brokenLaws().stream()
                .limit(LIST_BOUND)
                .map(law -> CutText.to(Bounds.MESSAGE_LENGTH, law.message())),
            row.warnings().stream()
                .limit(LIST_BOUND)
                .map(warning -> CutText.to(Bounds.WORD_LENGTH, warning)))
        .flatMap(each -> each);
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

  private ResultRow row(Row row) {
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
        row.brokenLaws().stream().limit(LIST_BOUND).map(this::brokenLaw).toList(),
        Words.rowReason(row.reason()),
        message(row.message()),
        row.warnings().stream().limit(LIST_BOUND).map(this::word).toList(),
        Words.verdict(row.verdict()));
  }

  private static <T> T used(Optional<Figures> figures, Function<Figures.Used, T> figure) {
    return figures.flatMap(Figures::used).map(figure).orElse(null);
  }

  /** As it is read back: an empty text is left out of the JSON. */
  private String message(String text) {
    return text.isEmpty() ? null : cut(Bounds.MESSAGE_LENGTH, text);
  }

  private String word(String text) {
    return cut(Bounds.WORD_LENGTH, text);
  }

  private String cut(int bound, String text) {
    String fitting = CutText.to(bound, text);
    return fitting.getBytes(StandardCharsets.UTF_8).length > share
        ? CutText.toBytes(share, fitting)
        : fitting;
  }

  private BrokenLaw brokenLaw(bench.podium.domain.measure.BrokenLaw broken) {
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
