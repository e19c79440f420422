package bench.podium.domain.evaluation;

import static bench.podium.domain.evaluation.EvaluationFixture.figures;
import static bench.podium.domain.evaluation.EvaluationFixture.row;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Ranking.RankEntry;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.Violation;
import bench.podium.domain.plan.LoadModel;
import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Slo.LatencyFigure;
import bench.podium.domain.plan.Stage;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static final List<Slo> SLOS =
      List.of(new Slo.Latency(LatencyFigure.P99, 25_000), new Slo.ErrorRatio(1_000));

  @Test
  void ranksTargetsThatMeetEverySloFirstByThroughput() {
    // Given
    List<Row> rows =
        List.of(
            row(0, "fast-and-late", "s", figures(9_000, 26_000, 0)),
            row(1, "slower", "s", figures(5_000, 20_000, 0)),
            row(2, "faster", "s", figures(6_000, 24_000, 0)),
            row(3, "broken", "s", figures(9_999, 1_000, 1_001)));

    // When
    List<RankEntry> ranking = Ranking.of(rows, SLOS);

    // Then
    assertThat(ranking)
        .extracting(RankEntry::target)
        .containsExactly("faster", "slower", "broken", "fast-and-late");
    assertThat(ranking).extracting(RankEntry::sloMet).containsExactly(true, true, false, false);
    assertThat(ranking).extracting(RankEntry::place).containsExactly(1, 2, 3, 4);
  }

  @Test
  void ranksEqualThroughputByP99() {
    // Given
    List<Row> rows =
        List.of(
            row(0, "a", "s", figures(5_000, 20_000, 0)),
            row(1, "b", "s", figures(5_000, 9_000, 0)));

    // When
    List<RankEntry> ranking = Ranking.of(rows, SLOS);

    // Then
    assertThat(ranking).extracting(RankEntry::target).containsExactly("b", "a");
  }

  @Test
  void givesEqualFiguresTheSameRankAndSkipsTheNext() {
    // Given
    List<Row> rows =
        List.of(
            row(0, "a", "s", figures(5_000, 20_000, 0)),
            row(1, "b", "s", figures(5_000, 20_000, 0)),
            row(2, "c", "s", figures(4_000, 20_000, 0)));

    // When
    List<RankEntry> ranking = Ranking.of(rows, SLOS);

    // Then
    assertThat(ranking).extracting(RankEntry::place).containsExactly(1, 1, 3);
  }

  @Test
  void ranksTheClosestFirstWhereNoTargetMeetsTheSlo() {
    // Given
    List<Row> rows =
        List.of(
            row(0, "far", "s", figures(9_000, 98_000, 0)),
            row(1, "near", "s", figures(1_000, 26_000, 0)));

    // When
    List<RankEntry> ranking = Ranking.of(rows, SLOS);

    // Then
    assertThat(ranking).extracting(RankEntry::target).containsExactly("near", "far");
    assertThat(ranking).noneMatch(RankEntry::sloMet);
  }

  @Test
  void representsATargetByTheBestStageThatMeetsTheSlo() {
    // Given
    List<Row> rows =
        List.of(
            row(0, "a", "low", figures(3_000, 5_000, 0)),
            row(1, "a", "middle", figures(5_000, 24_000, 0)),
            row(2, "a", "high", figures(8_000, 90_000, 0)));

    // When
    List<RankEntry> ranking = Ranking.of(rows, SLOS);

    // Then
    assertThat(ranking)
        .containsExactly(new RankEntry(1, "a", "middle", 5_000, 24_000, false, true));
  }

  @Test
  void leavesOutRowsThatAreNotTrustedOrHaveNoFigures() {
    // Given
    Step step = new Step(0, "gone", stage());
    List<Row> rows =
        List.of(
            Row.notMeasured(step, RowReason.TARGET_NOT_READY, "not ready"),
            violating(row(1, "doubtful", "s", figures(9_000, 1_000, 0))),
            row(3, "silent", "s", EvaluationFixture.unanswered()),
            row(2, "sound", "s", figures(1, 1_000, 0)));

    // When
    List<RankEntry> ranking = Ranking.of(rows, SLOS);

    // Then
    assertThat(ranking).extracting(RankEntry::target).containsExactly("sound");
  }

  @Property(tries = 200)
  void doesNotDependOnTheOrderOfTheRows(
      @ForAll @IntRange(min = 0, max = 20) int count, @ForAll Random random) {
    // Given
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(i, "t" + random.nextInt(6), "s" + i, anyFigures(random)));
    }
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);

    // When
    List<RankEntry> ranking = Ranking.of(shuffled, SLOS);

    // Then
    assertThat(ranking).containsExactlyInAnyOrderElementsOf(Ranking.of(rows, SLOS));
    assertThat(ranking).extracting(RankEntry::place).isSorted();
    assertThat(ranking).extracting(RankEntry::target).doesNotHaveDuplicates();
    assertThat(ranking.stream().map(place -> !place.sloMet()).toList()).isSorted();
    assertThat(
            ranking.stream().filter(RankEntry::sloMet).map(place -> -place.throughput()).toList())
        .isSorted();
  }

  private static StepMetrics anyFigures(Random random) {
    return random.nextInt(10) == 0
        ? EvaluationFixture.unanswered()
        : figures(
            random.nextInt(4) * 1_000L, random.nextInt(6) * 10_000L, random.nextInt(3) * 900L);
  }

  private static Row violating(Row row) {
    return RowBuilder.from(row)
        .violations(List.of(new Violation(ConsistencyCheck.COUNTS_DIFFER, "1 is not 2")))
        .verdict(Verdict.INCONCLUSIVE)
        .build();
  }

  private static Stage stage() {
    return new Stage("s", new LoadModel.Closed(4), Duration.ofSeconds(1), Optional.empty());
  }
}
