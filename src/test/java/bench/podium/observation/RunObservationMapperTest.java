package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.lifecycle.AttemptTermination;
import bench.podium.domain.lifecycle.CurrentAttempt;
import bench.podium.domain.lifecycle.NoProgressBackoff;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.Suspension;
import bench.podium.domain.lifecycle.WorkerGeneration;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.TargetPlan;
import bench.podium.observation.RunObjects.Refusal;
import bench.podium.resources.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunObservationMapperTest {

  private static final RunIdentity RUN = new RunIdentity("bench", "shop", "uid-1");
  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Refusal REFUSAL =
      new Refusal(new Problem(Problem.Kind.FORBIDDEN, "exceeded quota"), SINCE);

  private static final CrashLogPolicy LOGS =
      new CrashLogPolicy(true, () -> Redaction.of(List.of()));

  private final VirtualTimer timer = new VirtualTimer();
  private Optional<String> refusal = Optional.empty();
  private final RunObservationMapper collector =
      new RunObservationMapper(
          Lines.CODEC,
          PodLogs.ofWorkers(Lines.CODEC, new FakePodLog(), timer.clock(), timer),
          PodLogs.ofCollectors(Lines.CODEC, new FakePodLog(), timer.clock(), timer),
          job -> refusal,
          new ContainerTerminations(
              (source, before, lines) -> InputStream.nullInputStream(), Duration.ZERO),
          timer.clock());

  @Test
  void includesOnlyPodsOfTheCurrentGeneration() {
    // Given
    RunObjects objects =
        objects(List.of(job(1, "{}"), job(2, "{}")), pod(0, "1"), pod(0, "2"), pod(1, "2"));

    // When
    RunObservation observed = observe(2, objects);

    // Then
    WorkersObservation.Present load = (WorkersObservation.Present) observed.workers();
    assertThat(load.failed()).isFalse();
    assertThat(load.workers()).extracting(WorkerObservation::index).containsExactly(0, 1);
  }

  @Test
  void limitsTheWaitForRunningPodsOfOtherGenerations() {
    // Given
    Pod terminating = Pods.deleted(pod(0, "1"), "2026-01-01T00:10:03Z");
    Pod ended = pod(1, "1");
    ended.getStatus().setPhase("Failed");
    RunObjects objects = objects(List.of(job(2, "{}")), terminating, ended, pod(0, "2"));

    // When
    RunObservation observed = observe(2, objects);

    // Then
    assertThat(((WorkersObservation.Present) observed.workers()).othersUntil())
        .contains(Instant.parse("2026-01-01T00:10:33Z"));
  }

  @Test
  void limitsTheWaitForUndeletedPodsFromTheNextGenerationOn() {
    // Given
    RunObjects objects = objects(List.of(job(2, "{}")), pod(0, "1"), pod(0, "2"));

    // When
    RunObservation observed = observe(2, objects);

    // Then
    assertThat(((WorkersObservation.Present) observed.workers()).othersUntil())
        .contains(Instant.parse("2026-01-01T00:10:30Z"));
  }

  @Test
  void includesPodsOfTheGenerationWhoseAttemptIsEnding() {
    // Given
    RunObjects objects = objects(List.of(job(2, "{}")), pod(0, "1"), pod(1, "1"), pod(0, "2"));
    AttemptTermination ending =
        new AttemptTermination(
            AttemptTermination.Kind.DISCARD,
            Instant.EPOCH,
            Instant.EPOCH,
            Instant.EPOCH,
            1,
            "",
            Map.of());

    // When
    RunObservation before = observe(2, objects);
    RunObservation observed = observe(2, Optional.of(ending), objects);

    // Then
    assertThat(before.terminatingWorkers()).isEmpty();
    assertThat(observed.terminatingWorkers())
        .extracting(WorkerObservation::index)
        .containsExactly(0, 1);
    assertThat(((WorkersObservation.Present) observed.workers()).workers()).hasSize(1);
  }

  @Test
  void doesNotWaitIfNoOtherGenerationIsRunning() {
    // Given
    RunObjects objects = objects(List.of(job(1, "{}")), pod(0, "1"));

    // When
    RunObservation observed = observe(1, objects);

    // Then
    assertThat(((WorkersObservation.Present) observed.workers()).othersUntil()).isEmpty();
  }

  @Test
  void detectsAFailingJobBeforeItHasFailed() {
    // Given
    Job failing = job(1, "{conditions: [{type: FailureTarget, status: 'True'}]}");

    // When
    RunObservation observed = observe(1, objects(List.of(failing)));

    // Then
    assertThat(((WorkersObservation.Present) observed.workers()).failed()).isTrue();
  }

  @Test
  void ignoresATerminatingJob() {
    // Given
    Job terminating = job(1, "{}");
    terminating.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

    // When
    RunObservation observed = observe(1, objects(List.of(terminating)));

    // Then
    assertThat(observed.workers()).isEqualTo(new WorkersObservation.Absent());
  }

  @Test
  void reportsWhyWorkersAndATargetWereRejected() {
    // Given
    RunObjects objects =
        new RunObjects(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of("shop-load-g1", REFUSAL, "shop-gin", REFUSAL, "shop-load-g0", REFUSAL));

    // When
    RunObservation observed = observe(1, objects);

    // Then
    assertThat(observed.workers())
        .isEqualTo(new WorkersObservation.Refused(REFUSAL.problem(), SINCE));
    assertThat(observed.targets())
        .extracting(TargetObservation::state)
        .containsExactly(new TargetObservation.State.Refused(REFUSAL.problem(), SINCE));
  }

  @Test
  void reportsWhyTheServiceOfAnExistingTargetWasRejected() {
    // Given
    Pod ready =
        Pods.target(
            "gin", "{phase: Running, conditions: [{type: ContainersReady, status: 'True'}]}");
    ready.setSpec(new PodSpec());
    RunObjects objects =
        new RunObjects(
            List.of(),
            List.of(Targets.deployment("null")),
            List.of(),
            List.of(ready),
            Map.of("shop-gin", REFUSAL));

    // When
    RunObservation observed = observe(1, objects);

    // Then
    assertThat(observed.targets())
        .extracting(TargetObservation::state)
        .containsExactly(new TargetObservation.State.Refused(REFUSAL.problem(), SINCE));
  }

  @Test
  void reportsWhyAJobHasNoPodsAfterASecond() {
    // Given
    refusal = Optional.of("exceeded quota");
    timer.pass(Duration.ofSeconds(601));
    Job podless = job(1, "{}");
    podless.setSpec(new JobSpecBuilder().withCompletions(2).build());

    // When
    RunObservation observed = observe(1, objects(List.of(podless)));

    // Then
    assertThat(((WorkersObservation.Present) observed.workers()).forbidden())
        .contains(
            new WorkersObservation.Forbidden(
                REFUSAL.problem(), Instant.parse("2026-01-01T00:10:00Z")));
  }

  private RunObservation observe(int generation, RunObjects objects) {
    return observe(generation, Optional.empty(), objects);
  }

  private RunObservation observe(
      int generation, Optional<AttemptTermination> ending, RunObjects objects) {
    List<TargetPlan> targets =
        List.of(new TargetPlan("gin", "shop-gin", 80, "/"), new TargetPlan("chi", "c", 80, "/"));
    return collector.observe(
        RUN,
        new Progress(
            0,
            new CurrentAttempt(
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                ending,
                Optional.empty(),
                AttemptHistory.NONE),
            new WorkerGeneration(generation, Optional.empty(), 0),
            Optional.empty(),
            Suspension.NONE,
            1,
            NoProgressBackoff.NONE),
        targets,
        objects,
        RecordedSteps.of(List.of()),
        RunObservation.RequestedState.GO_ON,
        LOGS);
  }

  private static RunObjects objects(List<Job> jobs, Pod... pods) {
    return new RunObjects(jobs, List.of(), List.of(), List.of(pods), Map.of());
  }

  private static Pod pod(int index, String generation) {
    Pod pod = Pods.load(index, "{phase: Running}");
    pod.getMetadata()
        .setLabels(Map.of(Labels.ROLE, Labels.ROLE_WORKER, Labels.GENERATION, generation));
    return pod;
  }

  private static Job job(int generation, String status) {
    return Serialization.unmarshal(
        "kind: Job\napiVersion: batch/v1\nmetadata: {name: shop-load-g%d, creationTimestamp: '2026-01-01T00:10:00Z'}\nstatus: %s\n"
            .formatted(generation, status),
        Job.class);
  }
}
