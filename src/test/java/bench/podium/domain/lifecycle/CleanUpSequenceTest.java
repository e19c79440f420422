package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.ObservationFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkerReportBuilder;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CleanUpSequenceTest {

  private static final AttemptId NONE = new AttemptId(-1, 0);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final List<TargetObservation> TARGETS =
      List.of(
          ObservationFixture.ready("chi"),
          ObservationFixture.target(
              "gin", new TargetObservation.State.Terminating(NOW.plusSeconds(9))));

  @Test
  void stopsTheWorkersFirst() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.None(), NOW);

    // When
    List<RunAction> decisions =
        sequence.decide(List.of(running(uncommanded())), TARGETS, true, NOW);

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(RunAction.StopWorkers.class);
    assertThat(decisions).noneMatch(RunAction.DeleteWorkers.class::isInstance);
  }

  @Test
  void deletesEverythingOnceAllWorkersHaveStopped() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.None(), NOW);

    // When
    List<RunAction> decisions = sequence.decide(List.of(stopped()), TARGETS, true, NOW);

    // Then
    assertThat(decisions)
        .containsExactly(
            new RunAction.DeleteWorkers(),
            new RunAction.DeleteTarget("chi"),
            new RunAction.Await(Timing.POLL_INTERVAL, "the run's pods to be deleted"));
  }

  @Test
  void deletesPodsThatDoNotAnswerInTime() {
    // Given
    CleanUpSequence sequence =
        new CleanUpSequence(new Retention.None(), NOW.minus(Timing.SHUTDOWN_GRACE));
    Optional<LastCommand> lastCommand =
        ObservationFixture.lastCommand(
            NONE, LastCommand.Kind.FINISH, 0, NOW.minus(Timing.SHUTDOWN_GRACE));

    // When
    List<RunAction> decisions = sequence.decide(List.of(running(lastCommand)), TARGETS, true, NOW);

    // Then
    assertThat(decisions).contains(new RunAction.DeleteWorkers());
  }

  @Test
  void retainsEverythingOnceTheWorkersHaveStopped() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.Forever(), NOW);

    // When
    List<RunAction> decisions = sequence.decide(List.of(stopped()), TARGETS, true, NOW);

    // Then
    assertThat(decisions).isEmpty();
  }

  @Test
  void waitsForTheEndOfTheRetentionPeriod() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.For(HOUR), NOW.minusSeconds(600));

    // When
    List<RunAction> decisions = sequence.decide(List.of(stopped()), TARGETS, true, NOW);

    // Then
    assertThat(decisions)
        .containsExactly(
            new RunAction.Await(Duration.ofMinutes(50), "the end of the retention period"));
  }

  @Test
  void deletesEverythingAtTheEndOfTheRetentionPeriod() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.For(HOUR), NOW.minus(HOUR));

    // When
    List<RunAction> decisions = sequence.decide(List.of(stopped()), TARGETS, true, NOW);

    // Then
    assertThat(decisions)
        .containsExactly(
            new RunAction.DeleteWorkers(),
            new RunAction.DeleteTarget("chi"),
            new RunAction.Await(Timing.POLL_INTERVAL, "the run's pods to be deleted"));
  }

  @Test
  void doesNotWaitWhereNothingIsRetained() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.For(HOUR), NOW);

    // When
    List<RunAction> decisions = sequence.decide(List.of(), List.of(), false, NOW);

    // Then
    assertThat(decisions).isEmpty();
  }

  @Test
  void deletesAnUnresponsiveWorkerBeforeTheEndOfTheRetentionPeriod() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.For(HOUR), NOW.minusSeconds(20));
    Optional<LastCommand> lastCommand =
        ObservationFixture.lastCommand(
            NONE, LastCommand.Kind.FINISH, 0, NOW.minus(Timing.SHUTDOWN_GRACE));

    // When
    List<RunAction> decisions = sequence.decide(List.of(running(lastCommand)), TARGETS, true, NOW);

    // Then
    assertThat(decisions)
        .containsExactly(
            new RunAction.DeleteWorkers(),
            new RunAction.Await(Timing.POLL_INTERVAL, "the run's pods to be deleted"));
  }

  @Test
  void stopsWorkersEvenIfNoOperatorWasRunningAtTheEnd() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.Forever(), NOW.minusSeconds(20));

    // When
    List<RunAction> decisions =
        sequence.decide(List.of(running(uncommanded())), TARGETS, true, NOW);

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(RunAction.StopWorkers.class);
  }

  @Test
  void deletesRetainedWorkersThatAreUnresponsive() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.Forever(), NOW.minusSeconds(20));
    Optional<LastCommand> lastCommand =
        ObservationFixture.lastCommand(
            NONE, LastCommand.Kind.FINISH, 0, NOW.minus(Timing.SHUTDOWN_GRACE));

    // When
    List<RunAction> decisions = sequence.decide(List.of(running(lastCommand)), TARGETS, true, NOW);

    // Then
    assertThat(decisions).startsWith(new RunAction.DeleteWorkers());
    assertThat(decisions).noneMatch(RunAction.DeleteTarget.class::isInstance);
  }

  @Test
  void finishesWhateverThePodsDo() {
    for (Retention retention :
        List.of(new Retention.None(), new Retention.Forever(), new Retention.For(HOUR))) {
      // Given
      CleanUpSequence sequence = new CleanUpSequence(retention, NOW);
      List<WorkerObservation> workers = List.of(running(uncommanded()));
      Instant now = NOW;

      // When
      while (!workers.isEmpty() && now.isBefore(NOW.plusSeconds(120))) {
        for (RunAction decision : sequence.decide(workers, List.of(), true, now)) {
          switch (decision) {
            case RunAction.StopWorkers stop ->
                workers =
                    List.of(
                        running(
                            ObservationFixture.lastCommand(NONE, LastCommand.Kind.FINISH, 0, now)));
            case RunAction.DeleteWorkers remove -> workers = List.of();
            case RunAction.Await(Duration atMost, String what) -> now = now.plus(atMost);
            default -> throw new AssertionError(decision);
          }
        }
      }

      // Then
      assertThat(workers).isEmpty();
    }
  }

  private static Optional<LastCommand> uncommanded() {
    return Optional.empty();
  }

  private static WorkerObservation running(Optional<LastCommand> lastCommand) {
    return ObservationFixture.worker(0, new AttemptId(0, 1), new ReportedState.Ran(), lastCommand);
  }

  private static WorkerObservation stopped() {
    WorkerReport report = WorkerReportBuilder.receivedAt(NOW).stopped().build();
    return ObservationFixture.worker(0, new State.Running(), report, uncommanded());
  }
}
