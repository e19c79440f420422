package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.ObservationFixture.NOW;
import static bench.podium.domain.lifecycle.ObservationFixture.only;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.TargetSamples;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.CollectorReport;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.plan.AttemptId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A target is deleted after its collector's final message, or after the grace period. */
class CollectorShutdownTest {

  private static final Progress SECOND_TARGET =
      Progress.atAdmission(PlanFixture.START).advanceTo(0, Optional.empty(), PlanFixture.START, 1);
  private static final AttemptId NONE = new AttemptId(-1, 0);

  @Test
  void stopsTheCollectorBeforeTheNextTargetIsCreated() {
    // Given
    RunObservation observed = observed(collector(false, Optional.empty()));

    // When
    List<RunAction> decisions = ObservationFixture.decide(SECOND_TARGET, observed);

    // Then
    assertThat(decisions).anyMatch(RunAction.StopCollector.class::isInstance);
    assertThat(decisions).noneMatch(RunAction.DeleteTarget.class::isInstance);
    assertThat(decisions).noneMatch(RunAction.CreateTarget.class::isInstance);
  }

  @Test
  void waitsForTheFinalMessageOfTheCollector() {
    // Given
    RunObservation observed = observed(collector(false, lastCommand(NOW.minusMillis(100))));

    // When
    List<RunAction> decisions = ObservationFixture.decide(SECOND_TARGET, observed);

    // Then
    assertThat(decisions).noneMatch(RunAction.StopCollector.class::isInstance);
    assertThat(decisions).noneMatch(RunAction.DeleteTarget.class::isInstance);
  }

  @Test
  void deletesTheTargetAfterTheFinalMessageOrTheGracePeriod() {
    // Given
    RunObservation stopped = observed(collector(true, lastCommand(NOW.minusMillis(100))));
    RunObservation silent =
        observed(collector(false, lastCommand(NOW.minus(Timing.SHUTDOWN_GRACE))));

    // When / Then
    assertThat(ObservationFixture.decide(SECOND_TARGET, stopped))
        .contains(new RunAction.DeleteTarget("chi"));
    assertThat(ObservationFixture.decide(SECOND_TARGET, silent))
        .contains(new RunAction.DeleteTarget("chi"));
  }

  @Test
  void stopsCollectorsTogetherWithTheWorkersAfterTheRun() {
    // Given
    CollectorObservation running = collector(false, Optional.empty());
    WorkerObservation worker = ObservationFixture.running(0, WorkerReport.none(), Optional.empty());
    CleanUpSequence sequence = new CleanUpSequence(new Retention.None(), NOW);

    // When
    List<RunAction> decisions =
        sequence.decide(
            List.of(worker), List.of(ObservationFixture.withCollectors("chi", running)), true, NOW);

    // Then
    assertThat(decisions)
        .containsExactly(
            new RunAction.StopWorkers(List.of(worker)),
            new RunAction.StopCollector(List.of(running)),
            new RunAction.Await(Timing.RESEND_INTERVAL, "the workers' final messages"));
  }

  @Test
  void stopsCollectorsOfARetainedTarget() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.Forever(), NOW);
    CollectorObservation running = collector(false, Optional.empty());
    CollectorObservation silent = collector(true, lastCommand(NOW));

    // When
    List<RunAction> first =
        sequence.decide(
            List.of(), List.of(ObservationFixture.withCollectors("chi", running)), true, NOW);
    List<RunAction> then =
        sequence.decide(
            List.of(), List.of(ObservationFixture.withCollectors("chi", silent)), true, NOW);

    // Then
    assertThat(first.getFirst()).isEqualTo(new RunAction.StopCollector(List.of(running)));
    assertThat(then).isEmpty();
  }

  @Test
  void doesNotStopTheCollectorOfTheCurrentTarget() {
    // Given
    CollectorObservation running = collector(false, Optional.empty());
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                NONE,
                new WorkerReport.ReportedState.Nothing(),
                new WorkerReport.ReportedState.Nothing()),
            ObservationFixture.withCollectors("gin", running));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(Progress.atAdmission(PlanFixture.START), observed);

    // Then
    only(decisions, RunAction.ScheduleAttempt.class);
  }

  /** The target of step 0 is gin; chi exists. */
  private static RunObservation observed(CollectorObservation collector) {
    return ObservationFixture.of(
        ObservationFixture.workers(
            NONE,
            new WorkerReport.ReportedState.Nothing(),
            new WorkerReport.ReportedState.Nothing()),
        ObservationFixture.withCollectors("chi", collector));
  }

  private static CollectorObservation collector(
      boolean stopped, Optional<LastCommand> lastCommand) {
    CollectorReport report =
        new CollectorReport(TargetSamples.none(), Optional.empty(), Optional.empty(), stopped);
    return new CollectorObservation("pod", report, lastCommand);
  }

  private static Optional<LastCommand> lastCommand(Instant at) {
    return ObservationFixture.lastCommand(NONE, LastCommand.Kind.FINISH, 0, at);
  }
}
