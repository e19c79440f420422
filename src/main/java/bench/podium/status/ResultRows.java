package bench.podium.status;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.GeneratorStatus;
import bench.podium.api.v1alpha1.LatencyMicros;
import bench.podium.api.v1alpha1.RankedTarget;
import bench.podium.api.v1alpha1.RequestErrors;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.StabilityStatus;
import bench.podium.api.v1alpha1.StartStatus;
import bench.podium.api.v1alpha1.UsageStatus;
import bench.podium.api.v1alpha1.Violation;
import bench.podium.domain.evaluation.Ranking;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.StepMetrics;
import bench.podium.domain.measurement.ConnectionUtilization;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencySummary;
import bench.podium.domain.plan.Slo.LatencyFigure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Converts rows and the ranking to their form in the status. */
public final class ResultRows {

  private static final int LIST_BOUND = 16;
  private static final int RANKED_BOUND = 50;

  /** Maximum size of the texts of all rows together, in bytes of UTF-8. */
  static final int TEXT_BYTES = 96 * 1024;

  /** Maximum size of a single text, in bytes of UTF-8. */
  private final int share;

  private ResultRows(int share) {
    this.share = share;
  }

  /**
   * One result row for each row, in the same order, each text truncated to the bound of its field.
   * If all texts together are too large, the longest are truncated further; the step's data has
   * them in full.
   */
  public static List<ResultRow> of(List<Row> rows) {
    List<Row> published = rows.stream().limit(Bounds.ROWS).toList();
    List<Integer> sizes =
        published.stream()
            .flatMap(ResultRows::texts)
            .map(text -> text.getBytes(StandardCharsets.UTF_8).length)
            .toList();
    ResultRows all = new ResultRows(TextShare.of(sizes, TEXT_BYTES));
    return published.stream().map(all::row).toList();
  }

  private static Stream<String> texts(Row row) {
    return Stream.of(
            Stream.of(TextTruncation.to(Bounds.MESSAGE_LENGTH, row.message())),
            row.violations().stream()
                .limit(LIST_BOUND)
                .map(check -> TextTruncation.to(Bounds.MESSAGE_LENGTH, check.message())),
            row.warnings().stream()
                .limit(LIST_BOUND)
                .map(warning -> TextTruncation.to(Bounds.WORD_LENGTH, warning)))
        .flatMap(each -> each);
  }

  static List<RankedTarget> ranking(List<Ranking.RankEntry> entries) {
    return entries.stream()
        .limit(RANKED_BOUND)
        .map(
            entry ->
                new RankedTarget(
                    entry.place(),
                    entry.target(),
                    entry.stage(),
                    entry.throughput(),
                    entry.latencyP99Micros(),
                    entry.latencyP99AtLeast() ? true : null,
                    entry.sloMet()))
        .toList();
  }

  private ResultRow row(Row row) {
    Optional<StepMetrics> figures = row.figures();
    return new ResultRow(
        row.target(),
        row.stage(),
        figures.map(StepMetrics::requests).orElse(null),
        figures.map(StepMetrics::goodReplies).orElse(null),
        figures.map(StepMetrics::sent).orElse(null),
        figures.map(StepMetrics::durationMillis).orElse(null),
        figures.map(StepMetrics::throughput).orElse(null),
        figures.flatMap(StepMetrics::open).map(StepMetrics.OpenLoad::intendedRate).orElse(null),
        figures.flatMap(StepMetrics::latency).map(ResultRows::latency).orElse(null),
        figures.flatMap(StepMetrics::corrected).map(ResultRows::latency).orElse(null),
        figures.map(ResultRows::errors).orElse(null),
        figures.flatMap(StepMetrics::used).map(ResultRows::usage).orElse(null),
        figures
            .map(figure -> new StartStatus(figure.startSkewMicros(), figure.startSkewErrorMicros()))
            .orElse(null),
        figures.flatMap(ResultRows::generator).orElse(null),
        figures.flatMap(ResultRows::stability).orElse(null),
        row.restarts(),
        row.oomKills(),
        row.attempts(),
        row.violations().stream().limit(LIST_BOUND).map(this::violation).toList(),
        row.reason().text(),
        message(row.message()),
        row.warnings().stream().limit(LIST_BOUND).map(this::enumText).toList(),
        ReasonMapper.verdict(row.verdict()));
  }

  private static UsageStatus usage(StepMetrics.TargetUsage used) {
    return new UsageStatus(
        used.cpuMillicores(),
        used.memoryMaxBytes(),
        used.threadsMax(),
        used.requestsPerCpuSecond().orElse(null));
  }

  /** Empty if none of its figures is known, so that the group is omitted. */
  private static Optional<GeneratorStatus> generator(StepMetrics figures) {
    GeneratorStatus generator =
        new GeneratorStatus(
            figures.connectionUtilization().map(ConnectionUtilization::permille).orElse(null),
            figures.generatorWaitPermille().orElse(null),
            figures.open().map(StepMetrics.OpenLoad::sendDelayMicros).orElse(null),
            figures.reconnects() > 0 ? figures.reconnects() : null);
    return Optional.of(generator)
        .filter(known -> !known.equals(new GeneratorStatus(null, null, null, null)));
  }

  private static Optional<StabilityStatus> stability(StepMetrics figures) {
    StabilityStatus stability =
        new StabilityStatus(
            figures.p99JitterMicros().orElse(null), figures.spikePermille().orElse(null));
    return Optional.of(stability).filter(known -> !known.equals(new StabilityStatus(null, null)));
  }

  /** Null for an empty text, since the JSON omits it and it is read back as null. */
  private String message(String text) {
    return text.isEmpty() ? null : truncate(Bounds.MESSAGE_LENGTH, text);
  }

  private String enumText(String text) {
    return truncate(Bounds.WORD_LENGTH, text);
  }

  private String truncate(int bound, String text) {
    String fitting = TextTruncation.to(bound, text);
    return fitting.getBytes(StandardCharsets.UTF_8).length > share
        ? TextTruncation.toBytes(share, fitting)
        : fitting;
  }

  private Violation violation(bench.podium.domain.measurement.Violation violation) {
    return new Violation(violation.check().reason(), message(violation.message()));
  }

  private static LatencyMicros latency(LatencySummary summary) {
    return new LatencyMicros(
        summary.meanMicros(),
        summary.p50Micros(),
        summary.p90Micros(),
        summary.p95Micros(),
        summary.p99Micros(),
        summary.p999Micros(),
        summary.maxMicros(),
        summary.atLeast().stream().map(ResultRows::name).toList());
  }

  /** Name of the field in {@link LatencyMicros}. */
  private static String name(LatencyFigure figure) {
    return switch (figure) {
      case MEAN -> "mean";
      case P50 -> "p50";
      case P90 -> "p90";
      case P95 -> "p95";
      case P99 -> "p99";
      case P999 -> "p999";
      case MAX -> "max";
    };
  }

  private static RequestErrors errors(StepMetrics figures) {
    ErrorCounts errors = figures.errors();
    return new RequestErrors(
        errors.connect(),
        errors.read(),
        errors.write(),
        errors.timeout(),
        errors.status(),
        figures.stalls().map(ResultRows::permille).orElse(null));
  }

  /** Rounded up, so that a small share is not shown as zero. */
  private static Integer permille(StepMetrics.Stalls stalls) {
    return (int) Math.ceilDiv(stalls.partsPerMillion(), 1000);
  }
}
