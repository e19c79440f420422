package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.ObservationFixture.NOW;
import static bench.podium.domain.lifecycle.ObservationFixture.awaited;
import static bench.podium.domain.lifecycle.ObservationFixture.only;
import static bench.podium.domain.lifecycle.ObservationFixture.ready;
import static bench.podium.domain.lifecycle.ObservationFixture.running;
import static bench.podium.domain.lifecycle.PlanFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservationBuilder;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From the scheduling of an attempt to its T0. */
class StepStartTest {

  private static final AttemptId FIRST = new AttemptId(0, 1);
  private static final ReportedState NOTHING = new ReportedState.Nothing();
  private static final ReportedState ARMED = new ReportedState.Armed();

  @Test
  void schedulesT0ByTheClockThatIsFurthestAhead() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                running(0, ObservationFixture.clockAhead(Duration.ofMillis(700)), Optional.empty()),
                running(
                    1, ObservationFixture.clockAhead(Duration.ofMillis(-900)), Optional.empty())),
            ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(Progress.atAdmission(PlanFixture.START), observed);

    // Then
    assertThat(only(decisions, RunAction.ScheduleAttempt.class).next().t0())
        .contains(NOW.plusMillis(3200));
  }

  @Test
  void armsOnlyUnarmedWorkersWithoutARecentCommand() {
    // Given
    Progress progress = ObservationFixture.scheduled(NOW.plusSeconds(2));
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                ObservationFixture.worker(0, FIRST, ARMED, Optional.empty()),
                ObservationFixture.worker(
                    1, FIRST, NOTHING, lastCommand(LastCommand.Kind.ARM, 0, NOW.minusMillis(401)))),
            ready("gin"));

    // When
    List<RunAction> decisions = ObservationFixture.decide(progress, observed);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            RunAction.ArmWorkers.class,
            arm -> assertThat(arm.workers()).extracting(WorkerObservation::index).containsOnly(1));
    assertThat(awaited(decisions)).isEqualTo(Timing.RESEND_INTERVAL);
  }

  @Test
  void ignoresTheTimeOfACommandInTheFuture() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                ObservationFixture.worker(0, FIRST, ARMED, Optional.empty()),
                ObservationFixture.worker(
                    1, FIRST, NOTHING, lastCommand(LastCommand.Kind.ARM, 0, NOW.plusSeconds(900)))),
            ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.plusSeconds(2)), observed);

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(RunAction.ArmWorkers.class);
  }

  @Test
  void abortsIfAWorkerIsNotArmedShortlyBeforeT0() {
    // Given
    RunObservation observed =
        ObservationFixture.of(ObservationFixture.workers(FIRST, ARMED, NOTHING), ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.plusMillis(300)), observed);

    // Then
    assertThat(only(decisions, RunAction.AbortAttempt.class).why()).contains("load-1");
  }

  @Test
  void waitsForT0OnceAllWorkersAreArmed() {
    // Given
    RunObservation observed =
        ObservationFixture.of(ObservationFixture.workers(FIRST, ARMED, ARMED), ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.plusMillis(200)), observed);

    // Then
    assertThat(awaited(decisions)).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void doesNotAbortAWorkerThatFinishesBeforeT0ByTheOperatorsClock() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(FIRST, new ReportedState.Ran(), ARMED), ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.plusMillis(100)), observed);

    // Then
    assertThat(awaited(decisions)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void waitsForTheFirstReportOfNewWorkersAndThenDoublesTheLead() {
    // Given
    RunObservation silent =
        ObservationFixture.of(
            ObservationFixture.workers(
                ObservationFixture.running(0, WorkerReport.none(), Optional.empty()),
                ObservationFixture.running(
                    1, ObservationFixture.clockAhead(Duration.ZERO), Optional.empty())),
            ready("gin"));
    Progress first = Progress.atAdmission(NOW.minus(Timing.firstReportTimeout(2, seconds(120))));
    Progress sooner =
        Progress.atAdmission(NOW.minus(Timing.firstReportTimeout(2, seconds(120))).plusMillis(1));

    // When
    List<RunAction> waiting = ObservationFixture.decide(sooner, silent);
    List<RunAction> starting = ObservationFixture.decide(first, silent);
    List<RunAction> unread = ObservationFixture.decide(sooner.workersArmed(), silent);

    // Then
    assertThat(awaited(waiting)).isEqualTo(Timing.RESEND_INTERVAL);
    assertThat(only(starting, RunAction.ScheduleAttempt.class).next().t0())
        .contains(NOW.plusSeconds(5));
    assertThat(only(unread, RunAction.ScheduleAttempt.class).next().t0())
        .as("an operator that has just come back")
        .contains(NOW.plus(Timing.LEAD));
  }

  @Test
  void doesNotMistakeAClockAheadForARestart() {
    // Given
    Instant ahead = NOW.plusSeconds(5);
    TargetObservation target =
        TargetObservationBuilder.of("gin", new TargetObservation.State.Ready())
            .running(true)
            .lastStart(ahead)
            .build();
    RunObservation observed =
        ObservationFixture.of(ObservationFixture.workers(FIRST, NOTHING, NOTHING), target);

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(Progress.atAdmission(PlanFixture.START), observed);

    // Then
    assertThat(only(decisions, RunAction.ScheduleAttempt.class).next().attempt().scheduledAt())
        .hasValueSatisfying(scheduled -> assertThat(scheduled).isAfter(ahead));
  }

  @Test
  void limitsTheLeadToTheTimeForArming() {
    // Given: the fourth attempt, which would have a lead of 20 s
    Progress almostOver = abortedThreeTimes(NOW.minusSeconds(110));

    // When
    List<RunAction> decisions = ObservationFixture.decide(almostOver, withoutReports());

    // Then
    assertThat(only(decisions, RunAction.ScheduleAttempt.class).next().t0())
        .contains(NOW.plusSeconds(10));
  }

  @Test
  void usesTheWholeLeadIfTheTimeForArmingPassedWithoutAnOperator() {
    // Given
    Progress over = abortedThreeTimes(NOW.minusSeconds(300));

    // When
    List<RunAction> decisions = ObservationFixture.decide(over, withoutReports());

    // Then
    assertThat(only(decisions, RunAction.ScheduleAttempt.class).next().t0())
        .contains(NOW.plusSeconds(20));
  }

  @Test
  void failsTheTargetThatWorkersNamedInAnEarlierAttempt() {
    // Given: the second attempt is aborted past the time for arming
    Instant since = NOW.minusSeconds(121);
    Progress second =
        ObservationFixture.aborted(
                Progress.atAdmission(since).schedule(since, since.plusSeconds(2)),
                since.plusSeconds(1))
            .schedule(NOW.minusSeconds(2), NOW.plusMillis(300));
    ReportedState waits = new ReportedState.Waiting(true, "no answer");

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(
            second,
            ObservationFixture.of(ObservationFixture.workers(FIRST, waits, waits), ready("gin")));

    // Then
    assertThat(only(decisions, RunAction.FailStep.class).next().attempt().end())
        .hasValueSatisfying(end -> assertThat(end).isInstanceOf(StepFailure.TargetFailed.class));
  }

  private static Progress abortedThreeTimes(Instant since) {
    Progress progress = Progress.atAdmission(since);
    for (int attempt = 0; attempt < 3; attempt++) {
      progress =
          ObservationFixture.aborted(
              progress.schedule(since, since.plusSeconds(2)), since.plusSeconds(1));
    }
    return progress;
  }

  private static RunObservation withoutReports() {
    return ObservationFixture.of(ObservationFixture.workers(FIRST, NOTHING, NOTHING), ready("gin"));
  }

  private static Optional<LastCommand> lastCommand(LastCommand.Kind kind, int ask, Instant at) {
    return ObservationFixture.lastCommand(FIRST, kind, ask, at);
  }
}
