package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.EvaluationFixture;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that occupies the slot without making progress. */
class NoProgressPolicyTest {

  private static final Instant NOW = ObservationFixture.NOW.plusSeconds(600);
  private static final RunPlan PLAN = PlanFixture.plan();
  private static final Duration BOUND = PLAN.limits().startTimeout();
  private static final AttemptId FIRST = new AttemptId(0, 1);
  private static final Problem QUOTA = new Problem(Problem.Kind.FORBIDDEN, "exceeded quota");

  /** The first step has ended, and its results cannot be written. */
  private static final Progress MEASURED =
      ObservationFixture.scheduled(NOW.minus(BOUND).minusSeconds(60));

  /** The workers are running, and the step can begin. */
  private static final Progress ADVANCED =
      MEASURED.advanceTo(0, Optional.empty(), NOW.minusSeconds(300), 1).workersArmed();

  @Test
  void releasesTheSlotAfterTheBoundWhereResultsCannotBeWritten() {
    // Given
    RunObservation observed = unwritten();

    // When
    List<RunAction> decisions = decide(MEASURED, observed, NOW.minus(BOUND));

    // Then
    RunAction.SuspendRun backOff = ObservationFixture.only(decisions, RunAction.SuspendRun.class);
    assertThat(backOff.next().backoff())
        .isEqualTo(
            new NoProgressBackoff(
                Optional.of(NOW), 1, "results cannot be written: exceeded quota"));
    assertThat(backOff.next().t0()).isEmpty();
    assertThat(backOff.next().pause().isOn()).isFalse();
  }

  @Test
  void releasesTheSlotWhereTheRowsOfAFailedTargetCannotBeWritten() {
    // Given
    StepFailure end = new StepFailure.TargetFailed(RowReason.TARGET_NOT_READY, "it is gone", 1, 0);
    Progress ended = ObservationFixture.concluded(MEASURED.failStep(PLAN, NOW.minus(BOUND), end));

    // When
    List<RunAction> before = decide(ended, unwritten(), NOW.minus(BOUND).plusMillis(1));
    List<RunAction> atTheBound = decide(ended, unwritten(), NOW.minus(BOUND));

    // Then
    ObservationFixture.only(before, RunAction.FailTarget.class);
    assertThat(ObservationFixture.only(atTheBound, RunAction.SuspendRun.class).why())
        .isEqualTo("results cannot be written: exceeded quota");
  }

  @Test
  void retriesBeforeTheBound() {
    // Given
    RunObservation observed = unwritten();

    // When
    List<RunAction> decisions = decide(MEASURED, observed, NOW.minus(BOUND).plusMillis(1));

    // Then
    assertThat(decisions).noneMatch(RunAction.SuspendRun.class::isInstance);
  }

  @Test
  void doesNotCountTheTimeOfAnAttemptInProgress() {
    // Given: the load began 3 s ago and takes 10 s
    RunObservation observed = unwritten();

    // When
    List<RunAction> decisions =
        decide(ObservationFixture.scheduled(NOW.minusSeconds(3)), observed, Instant.EPOCH);

    // Then
    assertThat(decisions).noneMatch(RunAction.SuspendRun.class::isInstance);
  }

  @Test
  void releasesTheSlotWhereWorkersCannotBeCreated() {
    // Given: the API server answers each request with an error, so that nothing is rejected for
    // good
    Progress admitted = Progress.atAdmission(NOW.minus(BOUND));
    RunObservation observed =
        ObservationFixture.of(new WorkersObservation.Absent(), ObservationFixture.ready("gin"));

    // When
    List<RunAction> decisions = decide(admitted, observed, NOW.minus(BOUND));

    // Then
    assertThat(
            ObservationFixture.only(decisions, RunAction.SuspendRun.class).next().backoff().isOn())
        .isTrue();
  }

  @Test
  void namesTheFailureOfARequestAsCause() {
    // Given
    Progress admitted = Progress.atAdmission(NOW.minus(BOUND));
    RunObservation observed =
        ObservationFixture.of(new WorkersObservation.Absent(), ObservationFixture.ready("gin"));
    ProgressTracking withoutProgress =
        ProgressTracking.startingAt(NOW.minus(BOUND)).failed("failed calling webhook", NOW);

    // When
    List<RunAction> decisions =
        new RunSequence(PLAN, PlanFixture.START, withoutProgress).decide(admitted, observed, NOW);

    // Then
    assertThat(ObservationFixture.only(decisions, RunAction.SuspendRun.class).why())
        .isEqualTo("failed calling webhook");
  }

  @Test
  void ignoresASingleFailureDuringALongWait() {
    // Given
    ProgressTracking withoutProgress =
        ProgressTracking.startingAt(NOW.minus(BOUND).minusSeconds(60));
    ProgressTracking succeeded = withoutProgress.failed("of before", NOW.minus(BOUND)).succeeded();

    // When
    ProgressTracking failed = succeeded.failed("connection reset", NOW);

    // Then
    assertThat(policy(failed).isStalled()).isFalse();
    assertThat(failed.failure()).contains("connection reset");
  }

  @Test
  void detectsConsecutiveFailuresForTheBound() {
    // Given
    ProgressTracking tracking = ProgressTracking.startingAt(NOW.minus(BOUND).minusSeconds(60));

    // When
    ProgressTracking failed =
        tracking.failed("failed calling webhook", NOW.minus(BOUND)).failed("connection reset", NOW);

    // Then
    assertThat(policy(failed).isStalled()).isTrue();
    assertThat(failed.failure()).contains("connection reset");
  }

  @Test
  void doesNotCountTheTimeOfATerminatedLoad() {
    // Given: terminated in mid-step; its load ends by itself in 10 s
    Progress terminated =
        ObservationFixture.scheduled(NOW.minusSeconds(14)).abandon(PLAN, NOW, "not needed");
    ProgressTracking failing =
        ProgressTracking.startingAt(NOW.minus(BOUND)).failed("no route", NOW.minus(BOUND));

    // When
    boolean stalled = new NoProgressPolicy(PLAN, terminated, failing, NOW).isStalled();

    // Then
    assertThat(terminated.t0()).isEmpty();
    assertThat(stalled).isFalse();
  }

  private static NoProgressPolicy policy(ProgressTracking tracking) {
    return new NoProgressPolicy(PLAN, Progress.atAdmission(PlanFixture.START), tracking, NOW);
  }

  @Test
  void releasesTheSlotWhereATargetCannotBeDeleted() {
    // Given
    Progress next = MEASURED.advanceTo(2, Optional.empty(), NOW.minus(BOUND), 1).workersArmed();
    RunObservation observed =
        ObservationFixture.withRows(
            List.of(row(0, "low"), row(1, "high")),
            ObservationFixture.workers(
                FIRST, new ReportedState.Nothing(), new ReportedState.Nothing()),
            ObservationFixture.ready("gin"));

    // When
    List<RunAction> decisions = decide(next, observed, NOW.minus(BOUND));

    // Then
    assertThat(decisions.getLast())
        .isInstanceOfSatisfying(
            RunAction.SuspendRun.class,
            backOff -> assertThat(backOff.why()).contains("delete-target"));
  }

  @Test
  void leavesAStartingTargetToItsOwnTimeout() {
    // Given
    Progress next = MEASURED.advanceTo(0, Optional.empty(), NOW.minus(BOUND), 1).workersArmed();
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                FIRST, new ReportedState.Nothing(), new ReportedState.Nothing()),
            ObservationFixture.target(
                "gin",
                new TargetObservation.State.Starting(NOW.minusSeconds(1), Optional.empty())));

    // When
    List<RunAction> decisions = decide(next, observed, NOW.minus(BOUND));

    // Then
    assertThat(decisions).noneMatch(RunAction.SuspendRun.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, true"})
  void countsTheBoundFromTheDeadlineOfATerminatingTarget(long millis, boolean stalls) {
    // Given: the last progress was 5 minutes ago, and the target was overdue one bound ago
    RunObservation observed = terminating(NOW.minus(BOUND).minusMillis(millis));

    // When
    List<RunAction> decisions = decide(ADVANCED, observed, NOW.minusSeconds(300));

    // Then
    assertThat(decisions.stream().anyMatch(RunAction.SuspendRun.class::isInstance))
        .isEqualTo(stalls);
  }

  @Test
  void limitsTheWaitForATargetWhoseDeadlineIsPostponed() {
    // Given
    RunObservation observed = terminating(NOW.plusSeconds(30));

    // When
    List<RunAction> decisions =
        decide(ADVANCED, observed, NOW.minus(BOUND).minus(Duration.ofMinutes(10)));

    // Then
    assertThat(decisions).anyMatch(RunAction.SuspendRun.class::isInstance);
  }

  @Test
  void waitsForTerminatingWorkersOfAnEarlierGeneration() {
    // Given
    WorkersObservation.Present load =
        (WorkersObservation.Present)
            ObservationFixture.workers(
                FIRST, new ReportedState.Nothing(), new ReportedState.Nothing());
    RunObservation observed =
        ObservationFixture.of(
            new WorkersObservation.Present(false, load.workers(), Optional.of(NOW.plusSeconds(1))),
            ObservationFixture.ready("gin"));

    // When
    List<RunAction> decisions = decide(ADVANCED, observed, NOW.minus(BOUND));

    // Then
    assertThat(ObservationFixture.awaited(decisions)).isPositive();
  }

  private static RunObservation terminating(Instant overdueAt) {
    return ObservationFixture.of(
        ObservationFixture.workers(FIRST, new ReportedState.Nothing(), new ReportedState.Nothing()),
        ObservationFixture.target("gin", new TargetObservation.State.Terminating(overdueAt)));
  }

  @Test
  void deletesItsPodsWhileTheDeadlineGoesOn() {
    // Given
    Progress backedOff =
        ObservationFixture.concluded(MEASURED.backOff(PLAN, NOW.minusSeconds(1), "no room"));
    RunObservation observed =
        ObservationFixture.of(new WorkersObservation.Absent(), ObservationFixture.ready("gin"));
    RunSequence late =
        new RunSequence(
            PLAN, NOW.minus(PLAN.deadline()), ProgressTracking.startingAt(NOW.minusSeconds(1)));

    // When
    List<RunAction> early = decide(backedOff, observed, NOW.minusSeconds(1));
    List<RunAction> atTheDeadline = late.decide(backedOff, observed, NOW);

    // Then
    assertThat(early)
        .startsWith(new RunAction.DeleteStaleWorkerJobs(2), new RunAction.DeleteTarget("gin"));
    assertThat(atTheDeadline.getLast())
        .isInstanceOfSatisfying(
            RunAction.FinishRun.class,
            end -> assertThat(end.reason()).isEqualTo(FinishReason.DEADLINE_EXCEEDED));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 30", "60, 30"})
  void waitsLongerAfterEachTry(int tries, int minutes) {
    // Given
    Progress progress = MEASURED;
    for (int tried = 0; tried < tries; tried++) {
      progress = progress.resume(NOW).backOff(PLAN, NOW, "no room");
    }

    // When
    Optional<Instant> next = progress.backoff().nextTry();

    // Then
    assertThat(next).contains(NOW.plus(Duration.ofMinutes(minutes)));
  }

  @Test
  void resetsTheBackoffWhenAStepIsRecorded() {
    // Given
    Progress tried =
        MEASURED.backOff(PLAN, NOW, "no room").resume(NOW).backOff(PLAN, NOW, "no room");

    // When
    Progress moved = tried.resume(NOW).advanceTo(1, Optional.empty(), NOW, 1);

    // Then
    assertThat(moved.backoff()).isEqualTo(NoProgressBackoff.NONE);
  }

  @Test
  void doesNotCountARestartedWorkersTimeoutAsProgress() {
    // Given
    Progress admitted = Progress.atAdmission(NOW);

    // When
    boolean timeoutRestarted =
        NoProgressPolicy.isProgress(
            admitted,
            new RunAction.ReplaceWorkers(admitted.restartWorkersTimeout(NOW), "no operator"));
    boolean replaced =
        NoProgressPolicy.isProgress(
            admitted,
            new RunAction.ReplaceWorkers(
                admitted.replaceWorkersBeforeStart(PLAN, NOW, "lost"), "lost"));

    // Then
    assertThat(timeoutRestarted).isFalse();
    assertThat(replaced).isTrue();
  }

  @Test
  void ignoresTimeInWhichTheRunCouldNotBeRead() {
    // Given
    ProgressTracking tracking = ProgressTracking.startingAt(NOW);

    // When
    ProgressTracking observed = tracking.read(NOW.plusSeconds(5)).read(NOW.plusSeconds(185));

    // Then
    assertThat(observed.lastProgressAt()).isEqualTo(NOW.plusSeconds(180));
  }

  private static Row row(int step, String stage) {
    return EvaluationFixture.row(step, "gin", stage, EvaluationFixture.figures(20, 10, 0));
  }

  private static RunObservation unwritten() {
    return new RunObservation(
        ObservationFixture.workers(FIRST, new ReportedState.Nothing(), new ReportedState.Nothing()),
        List.of(ObservationFixture.ready("gin")),
        new RecordedSteps(List.of(), Optional.empty(), Optional.of(QUOTA)),
        RunObservation.RequestedState.GO_ON,
        List.of());
  }

  private static List<RunAction> decide(
      Progress progress, RunObservation observed, Instant lastProgress) {
    return new RunSequence(PLAN, PlanFixture.START, ProgressTracking.startingAt(lastProgress))
        .decide(progress, observed, NOW);
  }
}
