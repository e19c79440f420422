package bench.podium.results;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.AttemptRecord.Outcome;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.StepMetrics;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.measurement.ConnectionUtilization;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencySummary;
import bench.podium.domain.measurement.Violation;
import bench.podium.domain.plan.Slo;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.resources.ResultResources;
import bench.podium.results.ResultCodec.IndexEntry;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class StoredRowTest {

  private static final int CONFIG_MAP = 1024 * 1024;
  private static final long MAX = Long.MAX_VALUE;

  /** 30 parts are 26 MiB of step data. */
  private static final int PARTS = 30;

  private final ResultCodec codec = new ResultCodec(new ProtocolCodec());

  @Property(tries = 60)
  void fitsTheLargestRowsOfARunIntoOneConfigMap(
      @ForAll @StringLength(max = 8000) String text,
      @ForAll @IntRange(min = 0, max = 8000) int times,
      @ForAll @Size(max = 300) List<ConsistencyCheck> checks) {
    // Given
    String longest = text.repeat(text.isEmpty() ? 0 : times / text.length() + 1);
    Row row = row(longest, checks.stream().map(check -> new Violation(check, longest)).toList());
    List<String> parts = Collections.nCopies(PARTS, "r".repeat(40) + "-p-" + "0".repeat(16));

    // When
    String entry = codec.entry(new IndexEntry(row, parts));

    // Then
    int key = ResultResources.entryKey(0).length();
    assertThat((long) Bounds.ROWS * (key + entry.getBytes(StandardCharsets.UTF_8).length))
        .isLessThan(CONFIG_MAP);
    assertThat(codec.entry(entry).row().violations().stream().map(Violation::check).distinct())
        .containsExactlyInAnyOrderElementsOf(checks.stream().distinct().toList());
  }

  @Test
  void fitsTheLongestTexts() {
    // Given
    List<Violation> checks =
        Stream.of(ConsistencyCheck.values())
            .flatMap(check -> Collections.nCopies(100, check).stream())
            .map(check -> new Violation(check, "\u0001".repeat(5000)))
            .toList();
    Row row = row("\ud83d\ude00\"".repeat(5000), checks);

    // When
    String entry = codec.entry(new IndexEntry(row, List.of()));

    // Then
    assertThat(entry.getBytes(StandardCharsets.UTF_8).length).isLessThan(8_500);
  }

  @Test
  void fitsAttemptsWithAnyReason() {
    // Given
    Row row = Row.notMeasured(PlanFixture.plan().steps().getFirst(), RowReason.FORBIDDEN, "m");
    AttemptHistory history = AttemptHistory.NONE;
    for (int attempt = 1; attempt <= 20; attempt++) {
      history =
          history.with(
              new AttemptRecord(
                  attempt, Outcome.DISCARDED, Optional.of(7L), "\u0001".repeat(5000)));
    }

    // When
    String entry = codec.entry(new IndexEntry(row.with(history), List.of()));

    // Then
    AttemptHistory stored = codec.entry(entry).row().history().orElseThrow();
    assertThat(entry.getBytes(StandardCharsets.UTF_8).length).isLessThan(8_500);
    assertThat(stored.last()).extracting(AttemptRecord::attempt).containsExactly(17, 18, 19, 20);
    assertThat(stored.earlier()).isEqualTo(16);
    assertThat(stored.earlierSent()).isEqualTo(16 * 7);
  }

  @Test
  void marksTruncatedTexts() {
    // Given
    List<Violation> checks =
        IntStream.range(0, 100)
            .mapToObj(worker -> new Violation(ConsistencyCheck.COUNTS_DIFFER, "worker " + worker))
            .toList();

    // When
    Row stored = StoredRow.of(row("m".repeat(2000), checks));

    // Then
    assertThat(stored.message()).endsWith("m... (532 more)");
    assertThat(stored.violations()).hasSize(12);
    assertThat(stored.violations().getLast().message())
        .isEqualTo("worker 11 (and 88 more of this check)");
  }

  @Test
  void keepsViolationsOfEachCheck() {
    // Given
    List<Violation> many =
        Collections.nCopies(100, new Violation(ConsistencyCheck.COUNTS_DIFFER, "1 is not 2"));
    Violation other = new Violation(ConsistencyCheck.CLOCK_NOT_SYNCHRONISED, "no time source");

    // When
    Row stored = StoredRow.of(row("", Stream.concat(many.stream(), Stream.of(other)).toList()));

    // Then
    assertThat(stored.violations()).contains(other);
  }

  @Test
  void replacesUnpairedSurrogates() {
    // Given
    Row row = row("half \ud83d of it", List.of());

    // When
    Row stored = StoredRow.of(row);

    // Then
    assertThat(stored.message()).isEqualTo("half \ufffd of it");
  }

  private static Row row(String message, List<Violation> checks) {
    LatencySummary latency =
        new LatencySummary(
            MAX, MAX, MAX, MAX, MAX, MAX, MAX, EnumSet.allOf(Slo.LatencyFigure.class));
    return new Row(
        99,
        "t".repeat(18),
        "s".repeat(40),
        Optional.of(
            new StepMetrics(
                MAX,
                MAX,
                MAX,
                MAX,
                Optional.of(latency),
                Optional.of(latency),
                new ErrorCounts(MAX, MAX, MAX, MAX, MAX),
                MAX,
                MAX,
                MAX,
                Optional.of(new ConnectionUtilization(Integer.MAX_VALUE, Integer.MAX_VALUE)),
                Optional.of(Integer.MAX_VALUE),
                Optional.of(new StepMetrics.OpenLoad(MAX, Optional.of(latency))),
                Optional.of(MAX),
                Optional.of(Integer.MAX_VALUE),
                Optional.of(
                    new StepMetrics.TargetUsage(MAX, MAX, Integer.MAX_VALUE, Optional.of(MAX))),
                Optional.of(latency),
                Optional.of(new StepMetrics.Stalls(MAX, MAX, MAX, MAX, MAX, MAX)),
                MAX,
                MAX)),
        RowReason.IMAGE_PULL_FAILED,
        message,
        checks,
        List.of("SLOMissed", "SingleRun"),
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        Verdict.INCONCLUSIVE);
  }
}
