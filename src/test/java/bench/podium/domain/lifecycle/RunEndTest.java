package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.plan.Limits.OnTargetFailure;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Complete runs that finish before their last step. */
class RunEndTest {

  private final SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);

  @Test
  void finishesWhenWorkersUseUpTheAttempts() {
    // Given
    operator.on(action -> operator.cluster().pods().forEach(pod -> pod.withholdsResults = true));

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.ATTEMPTS_EXHAUSTED);
    assertThat(end.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(operator.actions(RunAction.DiscardAttempt.class)).hasSize(2);
    assertThat(operator.cluster().rows()).isEmpty();
  }

  @Test
  void finishesAtTheFirstFailedTargetIfConfigured() {
    // Given
    SimulatedOperator stopping =
        new SimulatedOperator(PlanFixture.plan(OnTargetFailure.STOP, Duration.ofHours(1)), 7);
    stopping.cluster().broken.add("gin");

    // When
    RunAction.FinishRun end = stopping.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.TARGETS_FAILED);
    assertThat(end.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(stopping.cluster().rows()).hasSize(2);
  }

  @Test
  void finishesAtTheDeadlineAndKeepsTheRows() {
    // Given
    RunPlan hasty = PlanFixture.plan(OnTargetFailure.CONTINUE, Duration.ofSeconds(40));
    SimulatedOperator late = new SimulatedOperator(hasty, 7);

    // When
    RunAction.FinishRun end = late.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.DEADLINE_EXCEEDED);
    assertThat(late.cluster().rows()).isNotEmpty();
    assertThat(late.time().now())
        .isBetween(
            PlanFixture.START.plusSeconds(40),
            PlanFixture.START.plusSeconds(40).plus(Timing.FINAL_COUNT_TIMEOUT));
  }

  @Test
  void finishesAtOnceWhenCancelledAndKeepsTheRows() {
    // Given
    operator.once(
        RunAction.RecordStep.class,
        () -> operator.cluster().requestedState = RunObservation.RequestedState.CANCEL);

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(end.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(operator.cluster().rows()).hasSize(1);
  }

  @Test
  void finishesWithAHintWhereRecordsAreUnreadable() {
    // Given
    operator.once(
        RunAction.RecordStep.class,
        () -> operator.cluster().unreadable = Optional.of("entry step-0000 cannot be read"));

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end)
        .isEqualTo(
            new RunAction.FinishRun(
                FinishReason.ABORTED, Verdict.ERROR, "entry step-0000 cannot be read"));
  }

  @Test
  void finishesAsCancelledEvenIfRecordsAreUnreadable() {
    // Given
    operator.cluster().unreadable = Optional.of("entry step-0000 cannot be read");
    operator.cluster().requestedState = RunObservation.RequestedState.CANCEL;

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.CANCELLED);
  }

  @Test
  void finishesAtTheDeadlineWithTheReasonWhyResultsCannotBeWritten() {
    // Given
    SimulatedOperator full =
        new SimulatedOperator(
            PlanFixture.plan(OnTargetFailure.CONTINUE, Duration.ofSeconds(90)), 7);
    full.cluster().unwritable =
        Optional.of(new Problem(Problem.Kind.FORBIDDEN, "exceeded quota: configmaps=0"));

    // When
    RunAction.FinishRun end = full.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.DEADLINE_EXCEEDED);
    assertThat(end.message()).contains("exceeded quota: configmaps=0");
    assertThat(full.actions(RunAction.DiscardAttempt.class)).isEmpty();
  }

  @Test
  void repeatsStepsWhoseRecordsAreDeleted() {
    // Given: workers that have run a later step obey no command for an earlier one
    operator.afterT0Of(2, () -> operator.cluster().deleteIndex());

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.cluster().rows()).extracting(Row::step).containsExactly(0, 1, 2, 3);
    assertThat(operator.cluster().progress.load().number()).isEqualTo(2);
  }

  @Test
  void deletesTheServiceOfARejectedTarget() {
    // Given
    operator.cluster().refused.add("gin");

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.TARGETS_FAILED);
    assertThat(operator.cluster().services).containsExactly("chi");
  }

  @Test
  void deletesTheServiceOfARejectedTargetWhenTheRunFinishes() {
    // Given
    operator.cluster().refused.add("gin");
    operator.once(
        RunAction.CreateTarget.class,
        () -> operator.cluster().requestedState = RunObservation.RequestedState.CANCEL);

    // When
    operator.runToEnd();

    // Then
    assertThat(operator.cluster().services).isEmpty();
  }
}
