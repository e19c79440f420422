package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Seen.NOW;
import static bench.podium.domain.lifecycle.Seen.awaited;
import static bench.podium.domain.lifecycle.Seen.only;
import static bench.podium.domain.lifecycle.Seen.ready;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.MeasurementFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the last result to the row. */
class StepRecordTest {

  private static final StepAttempt FIRST = new StepAttempt(0, 1);

  @Test
  void doesNotRecordAgainstATargetThatIsNotThereAnyMore() {
    // Given
    TargetObservation gone =
        Seen.target("gin", new TargetObservation.State.Starting(NOW, Optional.empty()));
    Observation seen = Seen.of(Seen.load(FIRST, measured(0), measured(1)), gone);

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(20)), seen);

    // Then
    assertThat(only(decisions, Decision.VoidAttempt.class).why()).contains("TargetRestarted");
  }

  @Test
  void recordsAgainstATargetThatRunsOnWhileItsNodeIsOutOfSight() {
    // Given
    TargetObservation unseen =
        new TargetObservation(
            "gin",
            new TargetObservation.State.Starting(NOW, Optional.empty()),
            true,
            0,
            0,
            Optional.of(PlanFixture.START),
            Set.of(),
            List.of());
    Observation seen = Seen.of(Seen.load(FIRST, measured(0), measured(1)), unseen);

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(20)), seen);

    // Then
    assertThat(only(decisions, Decision.RecordStep.class).row().attempts()).isEqualTo(1);
  }

  @Test
  void recordsWhenAllResultsAreThere() {
    // Given
    Observation seen = Seen.of(Seen.load(FIRST, measured(0), measured(1)), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(20)), seen);

    // Then
    assertThat(only(decisions, Decision.RecordStep.class).row().step()).isZero();
  }

  @Test
  void waitsWhereConnectionsBrokeForKubernetesToSayWhetherTheTargetWentWithThem() {
    // Given
    Says broken = new Says.Measured(MeasurementFixture.failing(1, new ErrorCounts(0, 2, 0, 0, 0)));
    Observation seen = Seen.of(Seen.load(FIRST, measured(0), broken), ready("gin"));
    Duration load = Timing.load(PlanFixture.plan().load(), PlanFixture.plan().steps().getFirst());
    Instant t0 = NOW.minus(load).minusSeconds(1);

    // When
    List<Decision> soon = Seen.decide(Seen.intended(t0), seen);
    List<Decision> later =
        new RunSequence(PlanFixture.plan(), PlanFixture.START)
            .decide(Seen.intended(t0), seen, NOW.plusSeconds(4));

    // Then
    assertThat(awaited(soon)).isEqualTo(Duration.ofSeconds(4));
    assertThat(only(later, Decision.RecordStep.class).row().step()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0, true", "0, 1, 0, true", "0, 0, 1, false", "0, 0, 0, false"})
  void voidsWhereRequestsFailedForWantOfAService(
      long connect, long timeout, long status, boolean isVoid) {
    // Given
    ErrorCounts errors = new ErrorCounts(connect, 0, 0, timeout, status);
    Says failed = new Says.Measured(MeasurementFixture.failing(1, errors));
    TargetObservation cutOff = Seen.target("gin", new TargetObservation.State.CutOff());
    Observation seen = Seen.of(Seen.load(FIRST, measured(0), failed), cutOff);

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(20)), seen);

    // Then
    assertThat(decisions.getFirst() instanceof Decision.VoidAttempt).isEqualTo(isVoid);
    assertThat(decisions.getFirst() instanceof Decision.RecordStep).isEqualTo(!isVoid);
  }

  private static Says measured(int worker) {
    return new Says.Measured(MeasurementFixture.sound(worker));
  }
}
