package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.ObservationFixture.NOW;
import static bench.podium.domain.lifecycle.ObservationFixture.only;
import static bench.podium.domain.lifecycle.ObservationFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.AttemptRecord.Outcome;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.Ended;
import bench.podium.domain.observation.WorkerReportBuilder;
import bench.podium.domain.plan.AttemptId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From the termination of an attempt to the next attempt. */
class LoadTerminationTest {

  private static final AttemptId FIRST = new AttemptId(0, 1);
  private static final Problem KILLED = new Problem(Problem.Kind.OOM_KILLED, "killed");

  /** Terminated 300 ms before its T0, which is in 100 ms. */
  private static final Progress ABORTED =
      ObservationFixture.scheduled(NOW.plusMillis(100))
          .abort(PlanFixture.plan(), NOW.minusMillis(200), "not armed");

  /** Terminated 200 ms ago; its T0 was 3 s ago. */
  private static final Progress DISCARDED =
      ObservationFixture.scheduled(NOW.minusSeconds(3))
          .discardAttempt(PlanFixture.plan(), NOW.minusMillis(200), "restarted");

  @Test
  void terminatesOnlyWorkersThatHaveNotReportedTheEnd() {
    // Given
    RunObservation observed = observed(ended(0, 0), commanded(1, NOW.minusMillis(400)));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ABORTED, observed);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            RunAction.TerminateAttempt.class,
            stop -> assertThat(stop.workers()).extracting(WorkerObservation::index).contains(1));
    assertThat(decisions).noneMatch(RunAction.ScheduleAttempt.class::isInstance);
    assertThat(ObservationFixture.awaited(decisions)).isEqualTo(Timing.RESEND_INTERVAL);
  }

  @Test
  void doesNotResendARecentCommand() {
    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ABORTED, observed(ended(0, 0), commanded(1, NOW.minusMillis(9))));

    // Then
    assertThat(decisions).singleElement().isInstanceOf(RunAction.Await.class);
  }

  @Test
  void recordsAnAttemptWithoutRequestsAsAborted() {
    // When
    Progress next = concluded(ABORTED, observed(ended(0, 0), ended(1, 0)));

    // Then
    assertThat(record(next))
        .isEqualTo(new AttemptRecord(1, Outcome.ABORTED, Optional.of(0L), "not armed"));
    assertThat(next.attempt().abortedAttempts()).isEqualTo(1);
    assertThat(next.nextSequence()).isEqualTo(1);
  }

  @Test
  void recordsALateAbortAsDiscardedWithoutCountingIt() {
    // When
    Progress next = concluded(ABORTED, observed(ended(0, 80), ended(1, 7)));

    // Then
    assertThat(record(next))
        .isEqualTo(new AttemptRecord(1, Outcome.DISCARDED, Optional.of(87L), "not armed"));
    assertThat(next.attempt().abortedAttempts()).isZero();
    assertThat(next.attempt().discarded()).isZero();
    assertThat(next.attempt().unarmedAttempts()).as("the next lead is longer").isEqualTo(1);
    assertThat(next.nextSequence()).isEqualTo(1 + (80 + 4 + 1) * 8);
  }

  @Test
  void recordsAnUnknownCountForAWorkerLostUnderLoad() {
    // When
    Progress next = concluded(DISCARDED, observed(ended(0, 80), lost(1, false)));

    // Then
    assertThat(record(next).sent()).isEmpty();
    assertThat(next.attempt().discarded()).isEqualTo(1);
    assertThat(next.nextSequence()).isGreaterThan(100_000_000);
  }

  @Test
  void countsNoRequestsOfAWorkerLostBeforeT0() {
    // When
    Progress next = concluded(ABORTED, observed(ended(0, 0), lost(1, false)));

    // Then
    assertThat(record(next).outcome()).isEqualTo(Outcome.ABORTED);
  }

  @Test
  void waitsForATerminatingWorkerAndWritesTheCountsOfOthers() {
    // When
    RunObservation observed = observed(lost(0, true), lostWithCount(1, 80));
    RunAction.MarkTerminated written =
        only(ObservationFixture.decide(DISCARDED, observed), RunAction.MarkTerminated.class);

    // Then
    assertThat(written.next().ending().orElseThrow().sent()).isEqualTo(Map.of(1, 80L));
    assertThat(ObservationFixture.decide(written.next(), observed))
        .noneMatch(RunAction.MarkTerminated.class::isInstance);
  }

  @Test
  void waitsForAnUnreachableWorkerUntilItsLoadHasEndedByItself() {
    // Given: 5 s + 1 s + 10 s of load, timeout 2 s, grace 6 s
    Instant t0 = NOW.minusSeconds(24);
    Progress last = terminated(t0.plusMillis(1));
    Progress ended = terminated(t0);
    RunObservation observed = observed(ended(0, 80), commanded(1, NOW));

    // When
    List<RunAction> waiting =
        ObservationFixture.decide(last, ObservationFixture.of(observed.workers(), ready("gin")));

    // Then
    assertThat(only(waiting, RunAction.MarkTerminated.class).next().ending())
        .as("the count of the other worker is written, and the wait continues")
        .isPresent();
    assertThat(concluded(ended, observed).attempt().history().last()).hasSize(1);
  }

  @Test
  void doesNotWaitForAWorkerThatPassedT0Unarmed() {
    // Given: no command reaches it, but it is alive
    Progress terminated = terminated(NOW.minusSeconds(4));

    // When
    Progress next = concluded(terminated, observed(ended(0, 0), withClock(1, NOW.minusSeconds(3))));
    List<RunAction> sooner =
        ObservationFixture.decide(
            terminated, observed(ended(0, 0), withClock(1, NOW.minusSeconds(3).minusMillis(1))));

    // Then
    assertThat(record(next).sent()).contains(0L);
    assertThat(sooner).noneMatch(RunAction.ScheduleAttempt.class::isInstance);
  }

  @Test
  void failsTheStepWithItsHistoryAfterTheLoadHasEnded() {
    // Given
    Progress terminated =
        ObservationFixture.scheduled(NOW.minusSeconds(3))
            .failStep(
                PlanFixture.plan(),
                NOW.minusMillis(200),
                new StepFailure.TargetFailed(RowReason.TARGET_RESTARTED, "restarted", 3, 1));
    RunObservation observed = observed(ended(0, 5), ended(1, 6));

    // When
    List<RunAction> waiting =
        ObservationFixture.decide(terminated, observed(ended(0, 5), commanded(1, NOW)));
    Progress concluded = concluded(terminated, observed);

    // Then
    assertThat(waiting).noneMatch(RunAction.FailTarget.class::isInstance);
    assertThat(
            only(ObservationFixture.decide(concluded, observed), RunAction.FailTarget.class).rows())
        .satisfiesExactly(
            row -> {
              assertThat(row.attemptsExhausted()).isTrue();
              assertThat(row.restarts()).isEqualTo(3);
              assertThat(row.history().orElseThrow().last().getFirst().sent()).contains(11L);
            },
            row -> assertThat(row.history()).isEmpty());
  }

  @Test
  void countsTheLastAttemptOfACancelledRunBeforeItFinishes() {
    // Given
    Progress inProgress = ObservationFixture.scheduled(NOW.minusSeconds(3));
    RunObservation cancelled = cancelled(observed(ended(0, 5), ended(1, 6)));

    // When
    Progress terminated =
        only(ObservationFixture.decide(inProgress, cancelled), RunAction.FailStep.class).next();
    Progress counted =
        only(ObservationFixture.decide(terminated, cancelled), RunAction.MarkTerminated.class)
            .next();

    // Then
    assertThat(record(counted).sent()).contains(11L);
    assertThat(
            only(ObservationFixture.decide(counted, cancelled), RunAction.FinishRun.class).reason())
        .isEqualTo(FinishReason.CANCELLED);
  }

  @Test
  void limitsTheWaitOfARunThatFinishes() {
    // Given
    Progress terminated =
        ObservationFixture.scheduled(NOW.minusSeconds(9))
            .abandon(PlanFixture.plan(), NOW.minus(Timing.FINAL_COUNT_TIMEOUT), "cancelled");

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(terminated, cancelled(observed(ended(0, 5), commanded(1, NOW))));

    // Then
    assertThat(record(only(decisions, RunAction.MarkTerminated.class).next()).sent()).isEmpty();
  }

  private static Progress terminated(Instant t0) {
    return ObservationFixture.scheduled(t0)
        .abort(PlanFixture.plan(), t0.minusMillis(300), "not armed");
  }

  private static Progress concluded(Progress progress, RunObservation observed) {
    Progress next =
        only(ObservationFixture.decide(progress, observed), RunAction.MarkTerminated.class).next();
    assertThat(next.ending()).isEmpty();
    return next;
  }

  private static AttemptRecord record(Progress progress) {
    return progress.attempt().history().last().getLast();
  }

  private static RunObservation observed(WorkerObservation... workers) {
    return ObservationFixture.of(ObservationFixture.workers(workers), ready("gin"));
  }

  private static RunObservation cancelled(RunObservation observed) {
    return new RunObservation(
        observed.workers(),
        observed.targets(),
        observed.recorded(),
        RunObservation.RequestedState.CANCEL,
        observed.terminatingWorkers());
  }

  private static WorkerObservation ended(int index, long sent) {
    return ObservationFixture.running(
        index, report(Optional.of(new Ended(FIRST, sent))), Optional.empty());
  }

  private static WorkerObservation commanded(int index, Instant at) {
    return ObservationFixture.running(
        index,
        report(Optional.empty()),
        ObservationFixture.lastCommand(FIRST, LastCommand.Kind.STOP, 0, at));
  }

  private static WorkerObservation lost(int index, boolean stillRuns) {
    return ObservationFixture.worker(
        index, new State.Lost(KILLED, stillRuns), WorkerReport.none(), Optional.empty());
  }

  private static WorkerObservation lostWithCount(int index, long sent) {
    return ObservationFixture.worker(
        index,
        new State.Lost(KILLED, false),
        report(Optional.of(new Ended(FIRST, sent))),
        Optional.empty());
  }

  private static WorkerObservation withClock(int index, Instant clock) {
    return ObservationFixture.running(
        index,
        WorkerReportBuilder.receivedAt(NOW).clock(Optional.of(clock)).build(),
        Optional.empty());
  }

  private static WorkerReport report(Optional<Ended> ended) {
    return WorkerReportBuilder.receivedAt(NOW).ended(ended).build();
  }
}
