package bench.podium.domain.judge;

import bench.podium.domain.measure.BusyConnections;
import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.LatencySummary;
import java.util.List;
import java.util.Optional;

/** Figures and rows with those numbers that a judgement turns on. */
public final class JudgeFixture {

  private JudgeFixture() {}

  public static Figures figures(long throughput, long p99Micros, long errorPartsPerMillion) {
    LatencySummary latency =
        new LatencySummary(
            p99Micros / 2, p99Micros / 3, p99Micros / 2, p99Micros, p99Micros * 2, p99Micros * 3);
    return figures(throughput, Optional.of(latency), errorPartsPerMillion);
  }

  /** Nothing was answered in time. */
  public static Figures unanswered() {
    return figures(0, Optional.empty(), 1_000_000);
  }

  private static Figures figures(
      long throughput, Optional<LatencySummary> latency, long errorPartsPerMillion) {
    return new Figures(
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
        latency.map(_ -> new BusyConnections(950, 820)),
        Optional.of(40),
        Optional.empty(),
        latency.map(_ -> 900L),
        latency.map(_ -> 4),
        latency.map(_ -> new Figures.Used(960, 41_000_000, 9, Optional.of(71_200L))));
  }

  public static Row row(int step, String target, String stage, Figures figures) {
    return new Row(
        step,
        target,
        stage,
        Optional.of(figures),
        RowReason.MEASURED,
        "",
        List.of(),
        List.of("SingleRun"),
        1,
        0,
        0,
        Verdict.PASSED);
  }
}
