package bench.podium.domain.evaluation;

import static bench.podium.domain.evaluation.EvaluationFixture.figures;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Slo.LatencyFigure;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SloEvaluationTest {

  @Test
  void meetsAnSloWhoseLimitTheFigureEquals() {
    // Given
    Slo slo = new Slo.Latency(LatencyFigure.P99, 25_000);

    // When
    List<Boolean> met = List.of(met(slo, figures(1, 25_000, 0)), met(slo, figures(1, 25_001, 0)));

    // Then
    assertThat(met).containsExactly(true, false);
  }

  @Test
  void missesALatencySloWithoutAnyReply() {
    // Given
    Slo slo = new Slo.Latency(LatencyFigure.P50, Long.MAX_VALUE);

    // When
    boolean met = met(slo, EvaluationFixture.unanswered());

    // Then
    assertThat(met).isFalse();
    assertThat(SloEvaluation.message(slo, EvaluationFixture.unanswered()))
        .contains("no reply came in time");
  }

  @Test
  void meetsALimitOfZeroOnlyWithZero() {
    // Given
    Slo slo = new Slo.ErrorRatio(0);

    // When
    List<Boolean> met = List.of(met(slo, figures(1, 1, 0)), met(slo, figures(1, 1, 1)));

    // Then
    assertThat(met).containsExactly(true, false);
  }

  @Property(tries = 300)
  void missesALowerBoundAboveTheLimitAndElseLeavesItUndecided(
      @ForAll @LongRange(min = 0, max = 60_000_000) long figure,
      @ForAll @LongRange(min = 0, max = 60_000_000) long limit) {
    // Given
    Slo slo = new Slo.Latency(LatencyFigure.P99, limit);

    // When
    SloEvaluation.Outcome outcome = SloEvaluation.outcome(slo, EvaluationFixture.atLeast(figure));

    // Then
    assertThat(outcome)
        .isEqualTo(figure > limit ? SloEvaluation.Outcome.MISSED : SloEvaluation.Outcome.UNDECIDED);
  }

  @Property(tries = 300)
  void meetsAnSloExactlyWhereTheFigureIsNotAboveTheLimit(
      @ForAll @LongRange(min = 0, max = 60_000_000) long figure,
      @ForAll @LongRange(min = 0, max = 60_000_000) long limit) {
    // Given
    Slo slo = new Slo.Latency(LatencyFigure.P99, limit);

    // When
    boolean met = met(slo, figures(1, figure, 0));

    // Then
    assertThat(met).isEqualTo(figure <= limit);
  }

  private static boolean met(Slo slo, StepMetrics figures) {
    return SloEvaluation.outcome(slo, figures) == SloEvaluation.Outcome.MET;
  }
}
