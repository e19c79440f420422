package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.ObservationFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.Limits.OnTargetFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run that is suspended and resumed. */
class SuspensionTest {

  private static final AttemptId FIRST = new AttemptId(0, 1);
  private static final Progress RUNNING = ObservationFixture.scheduled(NOW.minusSeconds(3));
  private static final WorkersObservation LOAD =
      ObservationFixture.workers(FIRST, new ReportedState.Armed(), new ReportedState.Armed());

  @Test
  void terminatesTheAttemptInProgressWithoutCountingIt() {
    // Given
    RunObservation suspending = requesting(RunObservation.RequestedState.SUSPEND);

    // When
    List<RunAction> decisions = ObservationFixture.decide(RUNNING, suspending);

    // Then
    Progress next = ObservationFixture.only(decisions, RunAction.SuspendRun.class).next();
    assertThat(next.t0()).isEmpty();
    assertThat(next.attempt().discarded()).isZero();
    assertThat(next.pause().since()).contains(NOW);
  }

  @Test
  void deletesEverythingOnceTheSuspensionIsWritten() {
    // Given
    Progress suspended = RUNNING.suspend(PlanFixture.plan(), NOW.minus(Timing.FINAL_COUNT_TIMEOUT));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(suspended, requesting(RunObservation.RequestedState.SUSPEND));

    // Then
    assertThat(decisions)
        .startsWith(new RunAction.DeleteStaleWorkerJobs(2), new RunAction.DeleteTarget("gin"));
    assertThat(ObservationFixture.awaited(decisions)).isEqualTo(Timing.POLL_INTERVAL);
  }

  @Test
  void waitsForItsSlotWhenItIsResumed() {
    // Given
    Progress suspended = RUNNING.suspend(PlanFixture.plan(), NOW.minus(Timing.FINAL_COUNT_TIMEOUT));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(suspended, requesting(RunObservation.RequestedState.GO_ON));

    // Then
    assertThat(decisions).noneMatch(RunAction.ScheduleAttempt.class::isInstance);
    assertThat(decisions).last().isInstanceOf(RunAction.Await.class);
  }

  @Test
  void resumesWithTheNextGenerationOfWorkers() {
    // Given
    Progress suspended = RUNNING.suspend(PlanFixture.plan(), NOW.minusSeconds(30));

    // When
    Progress resumed = suspended.resume(NOW);

    // Then
    assertThat(resumed.load().number()).isEqualTo(2);
    assertThat(resumed.load().waitingSince()).contains(NOW);
    assertThat(resumed.pause().isOn()).isFalse();
    assertThat(resumed.pause().before()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void finishesASuspendedRunThatIsCancelled() {
    // Given
    Progress suspended = RUNNING.suspend(PlanFixture.plan(), NOW.minus(Timing.FINAL_COUNT_TIMEOUT));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(suspended, requesting(RunObservation.RequestedState.CANCEL));

    // Then
    Progress counted = ObservationFixture.only(decisions, RunAction.MarkTerminated.class).next();
    assertThat(
            ObservationFixture.decide(counted, requesting(RunObservation.RequestedState.CANCEL))
                .getLast())
        .isInstanceOfSatisfying(
            RunAction.FinishRun.class,
            end -> assertThat(end.reason()).isEqualTo(FinishReason.CANCELLED));
  }

  @Test
  void doesNotCountTheSuspensionAgainstTheDeadline() {
    // Given: 60 s after its start a run of 40 s, of which it was suspended for 30 s
    RunSequence hasty =
        new RunSequence(
            PlanFixture.plan(OnTargetFailure.CONTINUE, Duration.ofSeconds(40)), PlanFixture.START);
    Progress resumed =
        RUNNING.suspend(PlanFixture.plan(), NOW.minusSeconds(35)).resume(NOW.minusSeconds(5));

    // When
    List<RunAction> decisions =
        hasty.decide(resumed, requesting(RunObservation.RequestedState.GO_ON), NOW);

    // Then
    assertThat(decisions).noneMatch(RunAction.FinishRun.class::isInstance);
  }

  @Test
  void completesARunThatWasSuspendedInMidStep() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);
    operator.afterT0Of(1, () -> operator.cluster().suspendFor(Duration.ofMinutes(90)));

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then: 90 minutes are more than its deadline
    assertThat(end.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(operator.actions(RunAction.SuspendRun.class)).hasSize(1);
    assertThat(operator.cluster().rows()).hasSize(4).allMatch(row -> row.attempts() == 1);
  }

  private static RunObservation requesting(RunObservation.RequestedState requestedState) {
    return new RunObservation(
        LOAD,
        List.of(ObservationFixture.ready("gin")),
        RecordedSteps.of(List.of()),
        requestedState,
        ((WorkersObservation.Present) LOAD).workers());
  }
}
