package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.ObservationFixture.NOW;
import static bench.podium.domain.lifecycle.ObservationFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerAndTargetSequenceTest {

  private static final Progress ADMITTED = Progress.atAdmission(NOW);
  private static final WorkersObservation STARTING =
      ObservationFixture.workers(
          ObservationFixture.worker(
              0, new State.Starting(Optional.empty()), WorkerReport.none(), Optional.empty()));

  @Test
  void createsWorkersAndTargetTogether() {
    // Given
    RunObservation nothing = ObservationFixture.of(new WorkersObservation.Absent());

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, nothing);

    // Then
    assertThat(decisions)
        .startsWith(
            new RunAction.DeleteStaleWorkerJobs(1),
            new RunAction.CreateWorkers(1),
            new RunAction.CreateTarget("gin"));
  }

  @Test
  void createsTheTargetWhileTheWorkersStart() {
    // Given
    RunObservation observed = ObservationFixture.of(STARTING);

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(decisions).first().isEqualTo(new RunAction.CreateTarget("gin"));
    assertThat(decisions).hasSize(2);
  }

  @Test
  void doesNotCreateATargetBeforeThePreviousOneIsGone() {
    // Given
    Row failed =
        Row.notMeasured(
            PlanFixture.plan().steps().getFirst(), RowReason.TARGET_NOT_READY, "not ready");
    Row alsoFailed =
        Row.notMeasured(PlanFixture.plan().steps().get(1), RowReason.TARGET_NOT_READY, "not ready");
    Progress chi = ADMITTED.advanceTo(2, Optional.empty(), NOW, 1);
    RunObservation observed =
        ObservationFixture.withRows(
            List.of(failed, alsoFailed),
            new WorkersObservation.Absent(),
            ObservationFixture.target(
                "gin", new TargetObservation.State.Terminating(NOW.plusSeconds(30))));

    // When
    List<RunAction> decisions = ObservationFixture.decide(chi, observed);

    // Then
    assertThat(decisions).noneMatch(RunAction.CreateTarget.class::isInstance);
  }

  @Test
  void createsTheNextTargetWhenTheTerminationOfThePreviousOneIsOverdue() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            new WorkersObservation.Absent(),
            ObservationFixture.target("chi", new TargetObservation.State.Terminating(NOW)));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(decisions).contains(new RunAction.CreateTarget("gin"));
  }

  @Test
  void recreatesATargetWhosePodsAreNeverRemoved() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            new WorkersObservation.Absent(),
            ObservationFixture.target("gin", new TargetObservation.State.Terminating(NOW)));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(decisions).contains(new RunAction.CreateTarget("gin"));
  }

  @Test
  void restoresAServiceThatDoesNotRouteToItsTarget() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                new AttemptId(0, 0), new ReportedState.Nothing(), new ReportedState.Nothing()),
            ObservationFixture.target("gin", new TargetObservation.State.ServiceUnavailable()));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(decisions).startsWith(new RunAction.RestoreService("gin")).hasSize(2);
  }

  @Test
  void doesNotRestoreTheServiceWhileAnAttemptIsInProgress() {
    // Given
    Progress scheduled = ADMITTED.schedule(NOW.minusSeconds(1), NOW.plusSeconds(1));
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                new AttemptId(0, 1), new ReportedState.Armed(), new ReportedState.Armed()),
            ObservationFixture.target("gin", new TargetObservation.State.ServiceUnavailable()));

    // When
    List<RunAction> decisions = ObservationFixture.decide(scheduled, observed);

    // Then
    assertThat(decisions).doesNotContain(new RunAction.RestoreService("gin"));
  }

  @Test
  void waitsAgainForATargetThatWasReadyBefore() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                new AttemptId(0, 0), new ReportedState.Nothing(), new ReportedState.Nothing()),
            ObservationFixture.target(
                "gin",
                new TargetObservation.State.Starting(NOW.minusSeconds(119), Optional.empty())));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(decisions).singleElement().isInstanceOf(RunAction.Await.class);
  }

  @Test
  void waitsBeyondTheTimeoutForTheReasonOfARepeatedLoss() {
    // Given: the first was lost 121 s ago, and the next one starts
    Progress lost =
        Progress.atAdmission(PlanFixture.START)
            .replaceWorkersBeforeStart(PlanFixture.plan(), NOW.minusSeconds(121), "lost");

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(lost, ObservationFixture.of(STARTING, ready("gin")));

    // Then
    assertThat(decisions).singleElement().isInstanceOf(RunAction.Await.class);
  }

  @Test
  void prefersTheProblemThatTheJobDidNotCause() {
    // Given: with its first pod a Job deletes the others
    Problem deleted = new Problem(Problem.Kind.NOT_ARMED, "pod load-0 was deleted");
    Problem killed = new Problem(Problem.Kind.OOM_KILLED, "pod load-1 was killed");
    WorkersObservation.Present load =
        (WorkersObservation.Present) ObservationFixture.workers(lost(0, deleted), lost(1, killed));

    // When
    Optional<Problem> why = load.lost();

    // Then
    assertThat(why).contains(killed);
  }

  private static WorkerObservation lost(int index, Problem problem) {
    return ObservationFixture.worker(
        index, new State.Lost(problem, false), WorkerReport.none(), Optional.empty());
  }

  @Test
  void discardsTheAttemptWhenAnArmedWorkerIsNotListedAnyMore() {
    // Given
    Instant t0 = NOW.minusSeconds(5);
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(new AttemptId(0, 1), new ReportedState.Armed()),
            ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(t0), observed);

    // Then
    assertThat(decisions).singleElement().isInstanceOf(RunAction.DiscardAttempt.class);
  }

  @Test
  void restartsTheWorkersTimeoutWhenATargetHasFailed() {
    // Given
    Progress before = Progress.atAdmission(PlanFixture.START);

    // When
    Progress after = before.advanceTo(2, Optional.empty(), NOW, 1);

    // Then
    assertThat(after.load().waitingSince()).contains(NOW);
  }

  @Test
  void skipsTheCoolDownAfterATargetThatWasNotMeasured() {
    // Given
    Progress before = ObservationFixture.scheduled(NOW.plusSeconds(2));

    // When
    Progress after = before.advanceTo(2, Optional.empty(), NOW, 1);

    // Then
    assertThat(after.notBefore()).isEmpty();
  }

  @Test
  void neverWaitsBeyondTheDeadline() {
    // Given
    Progress progress = ObservationFixture.scheduled(NOW.plus(Duration.ofHours(2)));
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                new AttemptId(0, 1), new ReportedState.Armed(), new ReportedState.Armed()),
            ready("gin"));

    // When
    List<RunAction> decisions = ObservationFixture.decide(progress, observed);

    // Then
    assertThat(((RunAction.Await) decisions.getFirst()).atMost()).isEqualTo(Duration.ofMinutes(59));
  }
}
