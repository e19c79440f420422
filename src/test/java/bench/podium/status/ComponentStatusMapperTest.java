package bench.podium.status;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservation.State;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.RunPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComponentStatusMapperTest {

  private static final RunPlan PLAN = PlanFixture.plan();

  @Test
  void showsTheMessageOfKubernetesForATargetWithAProblem() {
    // Given
    Problem problem = new Problem(Problem.Kind.IMAGE_PULL_FAILED, "not found");
    RunObservation observed = observed(new State.Starting(PlanFixture.START, Optional.of(problem)));

    // When
    ComponentStatus componentStatus = ComponentStatusMapper.ofTarget(PLAN, 0, observed);

    // Then
    assertThat(componentStatus)
        .isEqualTo(new ComponentStatus.Pending(Reason.IMAGE_PULL_FAILED, "target gin: not found"));
  }

  @Test
  void considersOnlyTheTargetOfTheCurrentStep() {
    // Given
    RunObservation observed = observed(new State.Ready());

    // When
    ComponentStatus componentStatus = ComponentStatusMapper.ofTarget(PLAN, 2, observed);

    // Then
    assertThat(componentStatus)
        .isEqualTo(new ComponentStatus.Pending(Reason.PENDING, "target chi is being created"));
  }

  @Test
  void reportsWorkersReadyWhenAllOfThemRun() {
    // Given
    WorkersObservation workers =
        new WorkersObservation.Present(
            false,
            List.of(
                worker(0, new WorkerObservation.State.Running()),
                worker(1, new WorkerObservation.State.Running())),
            Optional.empty());

    // When
    ComponentStatus componentStatus = ComponentStatusMapper.ofWorkers(PLAN, workers);

    // Then
    assertThat(componentStatus).isEqualTo(new ComponentStatus.Ready("2 workers"));
  }

  @Test
  void namesAWorkerThatWasOomKilled() {
    // Given
    Problem killed = new Problem(Problem.Kind.OOM_KILLED, "pod load-0 was killed");
    WorkersObservation workers =
        new WorkersObservation.Present(
            true,
            List.of(worker(0, new WorkerObservation.State.Lost(killed, false))),
            Optional.empty());

    // When
    ComponentStatus componentStatus = ComponentStatusMapper.ofWorkers(PLAN, workers);

    // Then
    assertThat(componentStatus)
        .isEqualTo(new ComponentStatus.Pending(Reason.WORKER_OOM_KILLED, "pod load-0 was killed"));
  }

  @Test
  void showsTheFirstFailedTargetAtTheEnd() {
    // Given
    Row failed =
        Row.notMeasured(PLAN.steps().getFirst(), RowReason.UNSCHEDULABLE, "0/1 nodes available");
    RunObservation observed =
        new RunObservation(
            new WorkersObservation.Absent(),
            List.of(),
            RecordedSteps.of(List.of(failed)),
            RunObservation.RequestedState.GO_ON,
            List.of());

    // When
    ComponentStatus componentStatus =
        ComponentStatusMapper.ofTargetsAtEnd(observed, new ComponentStatus.Ready("target chi"));

    // Then
    assertThat(componentStatus)
        .isEqualTo(
            new ComponentStatus.Failed(Reason.UNSCHEDULABLE, "target gin: 0/1 nodes available"));
  }

  @Test
  void retainsTheKnownReasonOfFailedWorkersAtTheEnd() {
    // Given
    ComponentStatus last =
        new ComponentStatus.Pending(Reason.WORKER_OOM_KILLED, "pod load-0 was killed");

    // When
    ComponentStatus componentStatus =
        ComponentStatusMapper.ofWorkersAtEnd(FinishReason.WORKERS_FAILED, "gave up", last);

    // Then
    assertThat(componentStatus)
        .isEqualTo(new ComponentStatus.Failed(Reason.WORKER_OOM_KILLED, "gave up"));
  }

  private static RunObservation observed(State gin) {
    return new RunObservation(
        new WorkersObservation.Absent(),
        List.of(
            new TargetObservation(
                "gin", gin, false, 0, 0, Optional.empty(), Set.of("node-a"), List.of())),
        RecordedSteps.of(List.of()),
        RunObservation.RequestedState.GO_ON,
        List.of());
  }

  private static WorkerObservation worker(int index, WorkerObservation.State state) {
    return new WorkerObservation(
        index,
        "load-" + index,
        "uid-" + index,
        "node-a",
        state,
        WorkerReport.none(),
        Optional.empty());
  }
}
