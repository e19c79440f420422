package bench.podium.status;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.RowReason;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.LoadObservation;
import bench.podium.domain.lifecycle.Observation;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.RecordedSteps;
import bench.podium.domain.lifecycle.TargetObservation;
import bench.podium.domain.lifecycle.TargetObservation.State;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.lifecycle.WorkerObservation;
import bench.podium.domain.lifecycle.WorkerTalk;
import bench.podium.domain.plan.RunPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandingsTest {

  private static final RunPlan PLAN = PlanFixture.plan();

  @Test
  void aTargetInTroubleSaysKubernetesOwnWords() {
    // Given
    Trouble trouble = new Trouble(Trouble.Kind.IMAGE_PULL_FAILED, "not found");
    Observation seen = seen(new State.Starting(PlanFixture.START, Optional.of(trouble)));

    // When
    Standing standing = Standings.ofTarget(PLAN, 0, seen);

    // Then
    assertThat(standing)
        .isEqualTo(new Standing.Pending(Reason.IMAGE_PULL_FAILED, "target gin: not found"));
  }

  @Test
  void theTargetOfTheStepInWorkCountsAndNoOther() {
    // Given
    Observation seen = seen(new State.Ready());

    // When
    Standing standing = Standings.ofTarget(PLAN, 2, seen);

    // Then
    assertThat(standing).isEqualTo(new Standing.Pending(Reason.PENDING, "target chi is created"));
  }

  @Test
  void loadPodsAreReadyWhenAllOfThemRun() {
    // Given
    LoadObservation load =
        new LoadObservation.Present(
            false,
            List.of(
                worker(0, new WorkerObservation.State.Running()),
                worker(1, new WorkerObservation.State.Running())),
            Optional.empty());

    // When
    Standing standing = Standings.ofLoad(PLAN, load);

    // Then
    assertThat(standing).isEqualTo(new Standing.Ready("2 load pods"));
  }

  @Test
  void aLoadPodKilledForItsMemoryIsNamed() {
    // Given
    Trouble killed = new Trouble(Trouble.Kind.OOM_KILLED, "pod load-0 was killed");
    LoadObservation load =
        new LoadObservation.Present(
            true,
            List.of(worker(0, new WorkerObservation.State.Lost(killed, false))),
            Optional.empty());

    // When
    Standing standing = Standings.ofLoad(PLAN, load);

    // Then
    assertThat(standing)
        .isEqualTo(new Standing.Pending(Reason.WORKER_OOM_KILLED, "pod load-0 was killed"));
  }

  @Test
  void atTheEndTheFirstTargetThatFailedSpeaksForAll() {
    // Given
    Row failed =
        Row.notMeasured(PLAN.steps().getFirst(), RowReason.UNSCHEDULABLE, "0/1 nodes available");
    Observation seen =
        new Observation(
            new LoadObservation.Absent(),
            List.of(),
            RecordedSteps.of(List.of(failed)),
            Observation.Wish.GO_ON,
            List.of());

    // When
    Standing standing = Standings.ofTargetsAtEnd(seen, new Standing.Ready("target chi"));

    // Then
    assertThat(standing)
        .isEqualTo(new Standing.Failed(Reason.UNSCHEDULABLE, "target gin: 0/1 nodes available"));
  }

  @Test
  void atTheEndFailedLoadPodsKeepTheReasonThatWasKnown() {
    // Given
    Standing last = new Standing.Pending(Reason.WORKER_OOM_KILLED, "pod load-0 was killed");

    // When
    Standing standing = Standings.ofLoadAtEnd(FinishReason.WORKERS_FAILED, "gave up", last);

    // Then
    assertThat(standing).isEqualTo(new Standing.Failed(Reason.WORKER_OOM_KILLED, "gave up"));
  }

  private static Observation seen(State gin) {
    return new Observation(
        new LoadObservation.Absent(),
        List.of(
            new TargetObservation(
                "gin", gin, false, 0, 0, Optional.empty(), Set.of("node-a"), List.of())),
        RecordedSteps.of(List.of()),
        Observation.Wish.GO_ON,
        List.of());
  }

  private static WorkerObservation worker(int index, WorkerObservation.State state) {
    return new WorkerObservation(
        index,
        "load-" + index,
        "uid-" + index,
        "node-a",
        state,
        WorkerTalk.silent(),
        Optional.empty());
  }
}
