package bench.podium.results;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.domain.judge.AttemptHistory;
import bench.podium.domain.judge.AttemptRecord;
import bench.podium.domain.judge.AttemptRecord.Outcome;
import bench.podium.domain.judge.Figures;
import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.RowReason;
import bench.podium.domain.judge.Verdict;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.measure.BrokenLaw;
import bench.podium.domain.measure.BusyConnections;
import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.LatencySummary;
import bench.podium.domain.measure.Law;
import bench.podium.domain.plan.Slo;
import bench.podium.resources.ResultResources;
import bench.podium.results.ResultCodec.IndexEntry;
import bench.podium.wire.WireCodec;
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
  private static final long MOST = Long.MAX_VALUE;

  /** 30 parts are 26 MiB of a step's data. */
  private static final int PARTS = 30;

  private final ResultCodec codec = new ResultCodec(new WireCodec());

  @Property(tries = 60)
  void theWorstRowsOfARunFitOneConfigMap(
      @ForAll @StringLength(max = 8000) String text,
      @ForAll @IntRange(min = 0, max = 8000) int times,
      @ForAll @Size(max = 300) List<Law> laws) {
    // Given
    String longest = text.repeat(text.isEmpty() ? 0 : times / text.length() + 1);
    Row row = row(longest, laws.stream().map(law -> new BrokenLaw(law, longest)).toList());
    List<String> parts = Collections.nCopies(PARTS, "r".repeat(40) + "-p-" + "0".repeat(16));

    // When
    String entry = codec.entry(new IndexEntry(row, parts));

    // Then
    int key = ResultResources.entryKey(0).length();
    assertThat((long) Bounds.ROWS * (key + entry.getBytes(StandardCharsets.UTF_8).length))
        .isLessThan(CONFIG_MAP);
    assertThat(codec.entry(entry).row().brokenLaws().stream().map(BrokenLaw::law).distinct())
        .containsExactlyInAnyOrderElementsOf(laws.stream().distinct().toList());
  }

  @Test
  void fullestTextsOfEachKindFit() {
    // Given
    List<BrokenLaw> laws =
        Stream.of(Law.values())
            .flatMap(law -> Collections.nCopies(100, law).stream())
            .map(law -> new BrokenLaw(law, "\u0001".repeat(5000)))
            .toList();
    Row row = row("\ud83d\ude00\"".repeat(5000), laws);

    // When
    String entry = codec.entry(new IndexEntry(row, List.of()));

    // Then
    assertThat(entry.getBytes(StandardCharsets.UTF_8).length).isLessThan(8_500);
  }

  @Test
  void theAttemptsOfAStepThatWasNotMeasuredFitWhateverTheirReasons() {
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
  void whatIsCutSaysSo() {
    // Given
    List<BrokenLaw> laws =
        IntStream.range(0, 100)
            .mapToObj(worker -> new BrokenLaw(Law.COUNTS_DIFFER, "worker " + worker))
            .toList();

    // When
    Row stored = StoredRow.of(row("m".repeat(2000), laws));

    // Then
    assertThat(stored.message()).endsWith("m... (532 more)");
    assertThat(stored.brokenLaws()).hasSize(12);
    assertThat(stored.brokenLaws().getLast().message())
        .isEqualTo("worker 11 (and 88 more of this law)");
  }

  @Test
  void aLawThatManyPodsBreakDoesNotHideAnother() {
    // Given
    List<BrokenLaw> many = Collections.nCopies(100, new BrokenLaw(Law.COUNTS_DIFFER, "1 is not 2"));
    BrokenLaw other = new BrokenLaw(Law.CLOCK_NOT_SYNCHRONISED, "no time source");

    // When
    Row stored = StoredRow.of(row("", Stream.concat(many.stream(), Stream.of(other)).toList()));

    // Then
    assertThat(stored.brokenLaws()).contains(other);
  }

  @Test
  void halfACharacterIsReplacedSinceItCannotBeSent() {
    // Given
    Row row = row("half \ud83d of it", List.of());

    // When
    Row stored = StoredRow.of(row);

    // Then
    assertThat(stored.message()).isEqualTo("half \ufffd of it");
  }

  private static Row row(String message, List<BrokenLaw> laws) {
    LatencySummary latency =
        new LatencySummary(
            MOST, MOST, MOST, MOST, MOST, MOST, EnumSet.allOf(Slo.LatencyFigure.class));
    return new Row(
        99,
        "t".repeat(18),
        "s".repeat(40),
        Optional.of(
            new Figures(
                MOST,
                MOST,
                MOST,
                MOST,
                Optional.of(latency),
                Optional.of(latency),
                new ErrorCounts(MOST, MOST, MOST, MOST, MOST),
                MOST,
                MOST,
                MOST,
                Optional.of(new BusyConnections(Integer.MAX_VALUE, Integer.MAX_VALUE)),
                Optional.of(Integer.MAX_VALUE),
                Optional.of(new Figures.OpenLoad(MOST, Optional.of(latency))),
                Optional.of(MOST),
                Optional.of(Integer.MAX_VALUE),
                Optional.of(new Figures.Used(MOST, MOST, Integer.MAX_VALUE, Optional.of(MOST))),
                Optional.of(latency),
                Optional.of(new Figures.Stalls(MOST, MOST, MOST, MOST, MOST, MOST)),
                MOST,
                MOST)),
        RowReason.IMAGE_PULL_FAILED,
        message,
        laws,
        List.of("SLOMissed", "SingleRun"),
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        Verdict.INCONCLUSIVE);
  }
}
