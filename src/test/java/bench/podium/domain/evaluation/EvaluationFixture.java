package bench.podium.domain.evaluation;

import bench.podium.domain.measurement.ConnectionUtilization;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencySummary;
import bench.podium.domain.plan.Slo.LatencyFigure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Figures and rows for tests that depend on an evaluation. */
public final class EvaluationFixture {

  private EvaluationFixture() {}

  public static StepMetrics figures(long throughput, long p99Micros, long errorPartsPerMillion) {
    LatencySummary latency =
        new LatencySummary(
            p99Micros / 2,
            p99Micros / 3,
            p99Micros / 2,
            p99Micros * 3 / 4,
            p99Micros,
            p99Micros * 2,
            p99Micros * 3,
            Set.of());
    return figures(throughput, Optional.of(latency), errorPartsPerMillion);
  }

  /** Figures whose 99th percentile is a lower bound. */
  static StepMetrics atLeast(long p99Micros) {
    return figures(
        1,
        Optional.of(
            new LatencySummary(
                p99Micros, 1, 1, 1, p99Micros, p99Micros, p99Micros, Set.of(LatencyFigure.P99))),
        0);
  }

  /** Figures of a step without a reply in time. */
  public static StepMetrics unanswered() {
    return figures(0, Optional.empty(), 1_000_000);
  }

  private static StepMetrics figures(
      long throughput, Optional<LatencySummary> latency, long errorPartsPerMillion) {
    return new StepMetrics(
        throughput * 10,
        throughput * 10 + 4,
        10_000,
        throughput,
        latency,
        latency,
        ErrorCounts.NONE,
        errorPartsPerMillion,
        3_100,
        0,
        latency.map(_ -> new ConnectionUtilization(950, 820)),
        Optional.of(40),
        Optional.empty(),
        latency.map(_ -> 900L),
        latency.map(_ -> 4),
        latency.map(_ -> new StepMetrics.TargetUsage(960, 41_000_000, 9, Optional.of(71_200L))),
        latency,
        Optional.of(new StepMetrics.Stalls(0, 4, 0, 40_000, 0, 0)),
        latency.map(_ -> throughput * 10).orElse(0L),
        0);
  }

  public static Row row(int step, String target, String stage, StepMetrics figures) {
    return row(step, target, stage, figures, "", Verdict.PASSED);
  }

  public static Row failed(
      int step, String target, String stage, StepMetrics figures, String message) {
    return row(step, target, stage, figures, message, Verdict.FAILED);
  }

  private static Row row(
      int step, String target, String stage, StepMetrics figures, String message, Verdict verdict) {
    return new Row(
        step,
        target,
        stage,
        Optional.of(figures),
        RowReason.MEASURED,
        message,
        List.of(),
        List.of("SingleRun"),
        1,
        0,
        0,
        verdict);
  }
}
