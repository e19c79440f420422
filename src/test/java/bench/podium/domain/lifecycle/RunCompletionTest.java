package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.EvaluationFixture;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowBuilder;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.StepAssessment;
import bench.podium.domain.evaluation.StepMetrics;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.Violation;
import bench.podium.domain.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunCompletionTest {

  private static final StepMetrics FIGURES = EvaluationFixture.figures(1_000, 53_700, 0);
  private static final String MISSED = "LatencyP99 53700 us is more than 25000 us";

  @Test
  void hasAShortMessageForARunThatPassed() {
    // Given
    List<Row> rows = List.of(passed(0), passed(1));

    // When
    RunAction.FinishRun end = RunCompletion.of(rows);

    // Then
    assertThat(end)
        .isEqualTo(
            new RunAction.FinishRun(
                FinishReason.COMPLETED, Verdict.PASSED, "all steps are recorded"));
  }

  @Test
  void namesTheSloThatTheFirstFailedRowMissed() {
    // Given
    List<Row> rows = List.of(passed(0), failed(1, MISSED), failed(2, "x"), failed(3, "y"));

    // When
    RunAction.FinishRun end = RunCompletion.of(rows);

    // Then
    assertThat(end)
        .isEqualTo(
            new RunAction.FinishRun(
                FinishReason.COMPLETED,
                Verdict.FAILED,
                "gin high: LatencyP99 53700 us is more than 25000 us (and 2 more rows)"));
  }

  @Test
  void namesTheViolatedCheckBeforeTheMissedSlo() {
    // Given
    List<Row> rows = List.of(failed(0, MISSED), inconclusive(1), inconclusive(2), passed(3));

    // When
    RunAction.FinishRun end = RunCompletion.of(rows);

    // Then
    assertThat(end.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(end.message())
        .isEqualTo(
            "gin high: GeneratorSaturated: 800 of 1000 (and 1 more row); gin low: " + MISSED);
  }

  @Test
  void usesTheMessageOfAnInconclusiveRowWithoutAViolation() {
    // Given
    List<Row> rows = List.of(row(0, Verdict.INCONCLUSIVE, "not to be decided", List.of()));

    // When
    RunAction.FinishRun end = RunCompletion.of(rows);

    // Then
    assertThat(end.message()).isEqualTo("gin low: not to be decided");
  }

  @Test
  void namesTargetsThatWereNotMeasuredFirst() {
    // Given
    List<Row> rows =
        List.of(
            failed(0, MISSED),
            StepAssessment.restarted(step(1), "restarted in every attempt", 3, 0),
            Row.notMeasured(step(2), RowReason.IMAGE_PULL_FAILED, "no such image"),
            Row.notMeasured(step(3), RowReason.IMAGE_PULL_FAILED, "no such image"));

    // When
    RunAction.FinishRun end = RunCompletion.of(rows);

    // Then
    assertThat(end)
        .isEqualTo(
            new RunAction.FinishRun(
                FinishReason.TARGETS_FAILED,
                Verdict.ERROR,
                "not measured: chi; restarted under load, so not measured: gin; gin low: "
                    + MISSED));
  }

  @Test
  void boundsTheMessageWhateverTheRowsContain() {
    // Given
    List<Row> rows = new ArrayList<>();
    rows.add(failed(0, "\uD83D\uDE00".repeat(1_000)));
    rows.add(row(1, Verdict.INCONCLUSIVE, "", List.of(violation("x".repeat(5_000)))));
    IntStream.range(0, 50)
        .mapToObj(each -> Row.notMeasured(step(each, "target-" + each), RowReason.FORBIDDEN, ""))
        .forEach(rows::add);

    // When
    RunAction.FinishRun end = RunCompletion.of(rows);

    // Then
    assertThat(end.message().codePointCount(0, end.message().length())).isLessThan(1_024);
    assertThat(end.message()).contains("target-9 and 40 more", "xxx...", "\uD83D\uDE00...");
  }

  @Test
  void countsFurtherRowsOfTheSameVerdict() {
    // When
    List<String> messages =
        Stream.of(List.of(failed(0, "a")), List.of(failed(0, "a"), failed(1, "b")))
            .map(rows -> RunCompletion.of(rows).message())
            .toList();

    // Then
    assertThat(messages).containsExactly("gin low: a", "gin low: a (and 1 more row)");
  }

  private static Step step(int index) {
    return PlanFixture.plan().steps().get(index);
  }

  private static Step step(int index, String target) {
    return new Step(index, target, step(0).stage());
  }

  private static Row passed(int step) {
    return row(step, Verdict.PASSED, "", List.of());
  }

  private static Row failed(int step, String message) {
    return row(step, Verdict.FAILED, message, List.of());
  }

  private static Row inconclusive(int step) {
    return row(step, Verdict.INCONCLUSIVE, "an SLO, too", List.of(violation("800 of 1000")));
  }

  private static Violation violation(String message) {
    return new Violation(ConsistencyCheck.GENERATOR_SATURATED, message);
  }

  private static Row row(int index, Verdict verdict, String message, List<Violation> violations) {
    Step step = step(index);
    Row row = EvaluationFixture.row(index, step.target(), step.stage().name(), FIGURES);
    return RowBuilder.from(row).message(message).violations(violations).verdict(verdict).build();
  }
}
