package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.ObservationFixture.NOW;
import static bench.podium.domain.lifecycle.ObservationFixture.awaited;
import static bench.podium.domain.lifecycle.ObservationFixture.only;
import static bench.podium.domain.lifecycle.ObservationFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.MeasurementFixture;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservationBuilder;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the last result to the row. */
class StepCompletionTest {

  private static final AttemptId FIRST = new AttemptId(0, 1);

  @Test
  void discardsTheAttemptIfTheTargetIsGone() {
    // Given
    TargetObservation gone =
        ObservationFixture.target(
            "gin", new TargetObservation.State.Starting(NOW, Optional.empty()));
    RunObservation observed =
        ObservationFixture.of(ObservationFixture.workers(FIRST, measured(0), measured(1)), gone);

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.minusSeconds(20)), observed);

    // Then
    assertThat(only(decisions, RunAction.DiscardAttempt.class).why()).contains("TargetRestarted");
  }

  @Test
  void recordsTheStepIfTheTargetRunsOnAnUnreachableNode() {
    // Given
    TargetObservation unreachable =
        TargetObservationBuilder.of(
                "gin", new TargetObservation.State.Starting(NOW, Optional.empty()))
            .running(true)
            .lastStart(PlanFixture.START)
            .build();
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(FIRST, measured(0), measured(1)), unreachable);

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.minusSeconds(20)), observed);

    // Then
    assertThat(only(decisions, RunAction.RecordStep.class).row().attempts()).isEqualTo(1);
  }

  @Test
  void recordsTheStepWhenAllResultsAreAvailable() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(FIRST, measured(0), measured(1)), ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.minusSeconds(20)), observed);

    // Then
    assertThat(only(decisions, RunAction.RecordStep.class).row().step()).isZero();
  }

  @Test
  void waitsForATerminationOfTheTargetIfConnectionsBroke() {
    // Given
    ReportedState broken =
        new ReportedState.Measured(MeasurementFixture.failing(1, new ErrorCounts(0, 2, 0, 0, 0)));
    RunObservation observed =
        ObservationFixture.of(ObservationFixture.workers(FIRST, measured(0), broken), ready("gin"));
    Duration load = Timing.load(PlanFixture.plan().load(), PlanFixture.plan().steps().getFirst());
    Instant t0 = NOW.minus(load).minusSeconds(1);

    // When
    List<RunAction> soon = ObservationFixture.decide(ObservationFixture.scheduled(t0), observed);
    List<RunAction> later =
        new RunSequence(PlanFixture.plan(), PlanFixture.START)
            .decide(ObservationFixture.scheduled(t0), observed, NOW.plusSeconds(4));

    // Then
    assertThat(awaited(soon)).isEqualTo(Duration.ofSeconds(4));
    assertThat(only(later, RunAction.RecordStep.class).row().step()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0, true", "0, 1, 0, true", "0, 0, 1, false", "0, 0, 0, false"})
  void discardsTheAttemptIfRequestsFailedWithoutAService(
      long connect, long timeout, long status, boolean isDiscarded) {
    // Given
    ErrorCounts errors = new ErrorCounts(connect, 0, 0, timeout, status);
    ReportedState failed = new ReportedState.Measured(MeasurementFixture.failing(1, errors));
    TargetObservation unavailable =
        ObservationFixture.target("gin", new TargetObservation.State.ServiceUnavailable());
    RunObservation observed =
        ObservationFixture.of(ObservationFixture.workers(FIRST, measured(0), failed), unavailable);

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.minusSeconds(20)), observed);

    // Then
    assertThat(decisions.getFirst() instanceof RunAction.DiscardAttempt).isEqualTo(isDiscarded);
    assertThat(decisions.getFirst() instanceof RunAction.RecordStep).isEqualTo(!isDiscarded);
  }

  private static ReportedState measured(int worker) {
    return new ReportedState.Measured(MeasurementFixture.sound(worker));
  }
}
