package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.PlanFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkersObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Complete runs in which a worker is lost, unresponsive or without a result. */
class WorkerFaultTest {

  private final SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);

  @Test
  void replacesAWorkerLostBeforeT0WithoutCountingIt() {
    // Given
    operator.once(
        RunAction.MarkWorkersArmed.class, () -> operator.cluster().pods().getFirst().lose());

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.actions(RunAction.ReplaceWorkers.class)).hasSize(1);
    assertThat(operator.actions(RunAction.DiscardAttempt.class)).isEmpty();
    assertThat(operator.cluster().progress.load().number()).isEqualTo(2);
  }

  @Test
  void discardsAndCountsTheAttemptOfAWorkerLostAfterT0() {
    // Given
    operator.afterT0Of(1, () -> operator.cluster().pods().getLast().lose());

    // When
    operator.runToEnd();

    // Then
    assertThat(operator.actions(RunAction.DiscardAttempt.class))
        .singleElement()
        .satisfies(
            discarded -> {
              assertThat(discarded.why()).contains("WorkerMissing", "load-g1-1", "deleted");
              assertThat(discarded.next().load().number()).isEqualTo(2);
            });
    assertThat(operator.cluster().rows()).extracting(Row::attempts).containsExactly(1, 2, 1, 1);
  }

  @Test
  void replacesAWorkerJobThatIsDeletedInMidStep() {
    // Given
    operator.afterT0Of(0, () -> operator.cluster().deleteWorkers());

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.actions(RunAction.DiscardAttempt.class)).hasSize(1);
  }

  @Test
  void neverLoadsATargetWithTwoGenerationsAtOnce() {
    // Given: the other pod of the generation is armed, and takes 14 s to terminate
    operator.cluster().lingerTime = () -> seconds(14);
    operator.once(
        RunAction.MarkWorkersArmed.class, () -> operator.cluster().pods().getFirst().lose());

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then: the cluster has checked each start
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.actions(RunAction.ReplaceWorkers.class)).hasSize(1);
  }

  @Test
  void waitsForALingeringWorkerOnlyUntilItsTimeout() {
    // Given
    operator.cluster().lingerTime = () -> Duration.ofHours(1);
    AtomicReference<Instant> lost = new AtomicReference<>();
    operator.once(
        RunAction.MarkWorkersArmed.class,
        () -> {
          lost.set(operator.time().now());
          operator.cluster().pods().getFirst().lose();
        });

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(Duration.between(lost.get(), secondScheduledAt()))
        .isBetween(seconds(32), seconds(34));
  }

  @Test
  void doesNotWaitForWorkersThatTerminateAtOnce() {
    // Given
    operator.cluster().lingerTime = () -> seconds(0.3);
    AtomicReference<Instant> lost = new AtomicReference<>();
    operator.once(
        RunAction.MarkWorkersArmed.class,
        () -> {
          lost.set(operator.time().now());
          operator.cluster().pods().getFirst().lose();
        });

    // When
    operator.runToEnd();

    // Then: new pods take up to 4 s
    assertThat(Duration.between(lost.get(), secondScheduledAt())).isLessThan(seconds(4.5));
  }

  @Test
  void finishesTheRunWhereAClockIsWrong() {
    // Given
    operator.cluster().clockAhead = Duration.ofHours(3);

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.WORKERS_FAILED);
    assertThat(end.message()).contains("the clock of pod", "10800 s ahead", "synchronise");
    assertThat(operator.actions(RunAction.ScheduleAttempt.class)).isEmpty();
  }

  @Test
  void replacesOneGenerationForOneWrongTimeStamp() {
    // Given
    operator.cluster().clockAhead = Duration.ofHours(3);
    operator.once(
        RunAction.ReplaceWorkers.class,
        () -> operator.cluster().clockAhead = Duration.ofMillis(20));

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.cluster().progress.load().number()).isEqualTo(2);
  }

  @Test
  void finishesTheRunWhereWorkersAreLostBeforeEveryStart() {
    // Given
    operator.on(
        action -> {
          if (action instanceof RunAction.CreateWorkers) {
            operator.time().after(seconds(0.9), () -> operator.cluster().pods().get(0).lose());
          }
        });

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.WORKERS_FAILED);
    assertThat(end.message()).contains("was deleted");
    assertThat(Duration.between(PlanFixture.START, operator.time().now()))
        .isLessThan(Duration.ofMinutes(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 1 of 2 run; why the others do not is unknown: look at the events of their pods",
        "1 | 1 generation of them was lost; see the WorkersReplaced events for the cause",
        "2 | 2 generations of them were lost; see the WorkersReplaced events for the cause",
      })
  void finishesTheRunWhereWorkersDoNotStartForAnUnknownReason(int lost, String known) {
    // Given
    WorkerObservation starting =
        ObservationFixture.worker(
            1,
            new WorkerObservation.State.Starting(Optional.empty()),
            WorkerReport.none(),
            Optional.empty());
    WorkersObservation load =
        ObservationFixture.workers(
            ObservationFixture.running(0, WorkerReport.none(), Optional.empty()), starting);
    Progress progress = Progress.atAdmission(ObservationFixture.NOW.minusSeconds(300));
    for (int generation = 0; generation < lost; generation++) {
      progress =
          progress.replaceWorkersBeforeStart(
              PlanFixture.plan(), ObservationFixture.NOW.minusSeconds(300), "lost");
    }

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(
            progress, ObservationFixture.of(load, ObservationFixture.ready("gin")));

    // Then
    assertThat(ObservationFixture.only(decisions, RunAction.FinishRun.class).message())
        .isEqualTo("the workers did not start within limits.startTimeout of 120s: " + known);
  }

  @Test
  void abortsAtOnceForAnUnresponsiveWorkerAndDoublesTheLead() {
    // Given
    AtomicInteger scheduled = new AtomicInteger();
    operator.on(
        action -> {
          if (action instanceof RunAction.ScheduleAttempt schedule && schedule.next().step() == 0) {
            operator.cluster().pods().getFirst().unresponsive = scheduled.incrementAndGet() <= 5;
          }
        });

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.actions(RunAction.ScheduleAttempt.class))
        .filteredOn(schedule -> schedule.next().step() == 0)
        .extracting(WorkerFaultTest::lead)
        .containsExactly(
            seconds(2.5), seconds(5), seconds(10), seconds(20), seconds(20), seconds(20));
    assertThat(operator.cluster().rows().getFirst().attempts()).isEqualTo(1);
  }

  @Test
  void requestsAMissingResultTwiceAndThenDiscardsTheAttempt() {
    // Given
    operator.once(
        RunAction.MarkWorkersArmed.class,
        () -> operator.cluster().pods().getFirst().withholdsResults = true);

    // When
    operator.runToEnd();

    // Then
    assertThat(operator.actions(RunAction.RequestResults.class))
        .extracting(RunAction.RequestResults::ask)
        .containsExactly(1, 2);
    assertThat(operator.actions(RunAction.DiscardAttempt.class))
        .singleElement()
        .satisfies(
            discarded -> assertThat(discarded.why()).contains("no result of load-g1-0 in time"));
  }

  @Test
  void finishesTheRunWithTheStateOfWorkersThatAreNeverArmed() {
    // Given
    ReportedState refusal = new ReportedState.Failed(false, "wrk: no such file");
    operator.on(
        action ->
            operator
                .cluster()
                .pods()
                .forEach(pod -> pod.stateInsteadOfArmed = Optional.of(refusal)));

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.WORKERS_FAILED);
    assertThat(end.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(end.message()).contains("load-g1-0", "wrk: no such file");
    assertThat(Duration.between(PlanFixture.START, operator.time().now()))
        .isLessThan(Duration.ofMinutes(3));
  }

  private Instant secondScheduledAt() {
    return operator
        .actions(RunAction.ScheduleAttempt.class)
        .get(1)
        .next()
        .attempt()
        .scheduledAt()
        .orElseThrow();
  }

  private static Duration lead(RunAction.ScheduleAttempt schedule) {
    return Duration.between(
        schedule.next().attempt().scheduledAt().orElseThrow(), schedule.next().t0().orElseThrow());
  }
}
