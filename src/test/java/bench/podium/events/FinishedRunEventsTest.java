package bench.podium.events;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.domain.evaluation.EvaluationFixture;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.plan.Step;
import bench.podium.status.ComponentStatus;
import bench.podium.status.Reason;
import bench.podium.status.RunSnapshot;
import bench.podium.status.RunSnapshot.Phase;
import bench.podium.status.StatusFactory;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinishedRunEventsTest {

  private static final Instant END = PlanFixture.START.plusSeconds(120);
  private static final String RUN =
      """
      metadata: {name: shop, namespace: bench, uid: uid-1}
      spec:
        targets:
        - {name: gin, deploy: {image: example/gin:1}}
        - {name: chi, deploy: {image: example/chi:1}}
        workload: {requests: [{name: read, path: /}]}
        load: {stages: [{name: low, connections: 8, duration: 10s}]}
      """;

  private static final Row GIN =
      EvaluationFixture.row(0, "gin", "low", EvaluationFixture.figures(50_200, 8_300, 0));

  @Test
  void emitsANormalEventWithTheBestTargetForAPassedRun() {
    // Given
    BenchmarkRun run = finished(Verdict.PASSED, List.of(GIN));

    // When
    List<RunEvent> events = FinishedRunEvents.of(run, END.plusSeconds(1));

    // Then
    assertThat(events)
        .last()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo(EventReason.FINISHED);
              assertThat(event.kind()).isEqualTo(RunEvent.Kind.NORMAL);
              assertThat(event.message())
                  .isEqualTo("Passed (Completed): the end; best: gin, 50.2k/s, p99 8.3ms");
            });
  }

  @Test
  void emitsTheEventOfTheLastRowLikeARunningRun() {
    // Given
    BenchmarkRun run = finished(Verdict.PASSED, List.of(GIN, notMeasured()));

    // When
    List<RunEvent> events = FinishedRunEvents.of(run, END);

    // Then
    assertThat(events)
        .extracting(RunEvent::reason)
        .containsExactly(EventReason.TARGET_FAILED, EventReason.FINISHED);
    assertThat(events.getFirst())
        .isEqualTo(
            ResultEvents.newest(run.getStatus().results(), List.of("gin low", "chi low"))
                .getFirst());
    assertThat(events.getFirst().message())
        .isEqualTo("target chi failed at step 2 of 2: Forbidden: a rule");
  }

  @ParameterizedTest
  @CsvSource({"FAILED, Failed", "INCONCLUSIVE, Inconclusive", "ERROR, Error"})
  void emitsAWarningForOtherVerdicts(Verdict verdict, String word) {
    // Given
    BenchmarkRun run = finished(verdict, List.of());

    // When
    List<RunEvent> events = FinishedRunEvents.of(run, END);

    // Then
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo(RunEvent.Kind.WARNING);
              assertThat(event.message()).isEqualTo(word + " (Completed): the end");
            });
  }

  @Test
  void emitsOnlyTheRejectionOfARejectedRun() {
    // Given
    BenchmarkRun run =
        runWithStatus(new Phase.Rejected(Reason.INVALID, "stage c64 has no duration", END));

    // When
    List<RunEvent> events = FinishedRunEvents.of(run, END);

    // Then
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo(EventReason.RUN_REJECTED);
              assertThat(event.kind()).isEqualTo(RunEvent.Kind.WARNING);
              assertThat(event.message()).isEqualTo("Invalid: stage c64 has no duration");
            });
  }

  @Test
  void emitsTheEndOfARunThatAnotherVersionRejects() {
    // Given
    BenchmarkRun run = finished(Verdict.PASSED, List.of(GIN));
    BenchmarkRunStatus before = run.getStatus();
    run.setStatus(
        new StatusFactory(Clock.fixed(END, ZoneOffset.UTC))
            .status(
                Optional.of(before),
                new RunSnapshot(1, new Phase.Unplannable(Reason.INVALID, "no such stage", END))));

    // When
    List<RunEvent> events = FinishedRunEvents.of(run, END);

    // Then
    assertThat(events).last().extracting(RunEvent::reason).isEqualTo(EventReason.FINISHED);
    assertThat(events.getLast().message()).startsWith("Error (Aborted): no such stage");
  }

  @Test
  void skipsRowsThatAreNotInTheSpec() {
    // Given
    BenchmarkRun run =
        finished(
            Verdict.PASSED,
            List.of(EvaluationFixture.row(0, "gin", "other", EvaluationFixture.figures(1, 1, 0))));

    // When
    List<RunEvent> events = FinishedRunEvents.of(run, END);

    // Then
    assertThat(events).extracting(RunEvent::reason).containsExactly(EventReason.FINISHED);
  }

  @Test
  void emitsNothingForARunThatFinishedLongAgo() {
    // Given
    BenchmarkRun run = finished(Verdict.PASSED, List.of(GIN));

    // When
    List<RunEvent> events = FinishedRunEvents.of(run, END.plus(Duration.ofMinutes(11)));

    // Then
    assertThat(events).isEmpty();
  }

  private static Row notMeasured() {
    Step step = PlanFixture.plan().steps().get(2);
    return Row.notMeasured(new Step(1, step.target(), step.stage()), RowReason.FORBIDDEN, "a rule");
  }

  private static BenchmarkRun finished(Verdict verdict, List<Row> rows) {
    return runWithStatus(
        new Phase.Finished(
            new RunSnapshot.Execution(
                PlanFixture.plan(),
                PlanFixture.START,
                Progress.atAdmission(PlanFixture.START),
                new ComponentStatus.NotYetKnown(),
                new ComponentStatus.NotYetKnown(),
                rows,
                Optional.empty()),
            FinishReason.COMPLETED,
            verdict,
            "the end",
            END));
  }

  private static BenchmarkRun runWithStatus(Phase phase) {
    BenchmarkRun run = Serialization.unmarshal(RUN, BenchmarkRun.class);
    run.setStatus(
        new StatusFactory(Clock.fixed(END, ZoneOffset.UTC))
            .status(Optional.empty(), new RunSnapshot(1, phase)));
    return run;
  }
}
