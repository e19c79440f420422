package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.controller.cluster.ClusterActions;
import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.Failpoints;
import bench.podium.controller.cluster.GuardedWrites;
import bench.podium.controller.cluster.ResultStore;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.evaluation.EvaluationFixture;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.RunPlan;
import bench.podium.metrics.OperatorMeters;
import bench.podium.observation.ContainerTerminations;
import bench.podium.observation.EndedContainerLog;
import bench.podium.observation.KubernetesPodLog;
import bench.podium.observation.PodLogs;
import bench.podium.observation.RunObjects;
import bench.podium.observation.RunObjects.Refusal;
import bench.podium.observation.RunObservationMapper;
import bench.podium.observation.WorkerLogState;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.resources.EventResources;
import bench.podium.results.ResultCodec;
import bench.podium.status.StatusFactory;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs whose results cannot be read or written, on a real API server. */
@ExtendWith(ApiServer.class)
class RunExecutorIT {

  private final KubernetesClient client = ApiServer.client();
  private final StoredRuns runs = new StoredRuns();
  private final Clock clock = Clock.systemUTC();
  private final ProtocolCodec codec = new ProtocolCodec();
  private final Failpoints failpoints = new Failpoints(Optional.empty(), Path.of("target"));
  private final GuardedWrites writes = new GuardedWrites(client);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final StatusWriter status = new StatusWriter(client, new StatusFactory(clock));
  private final ResultStore results =
      new ResultStore(client, writes, new ResultCodec(codec), failpoints);
  private final ClusterActions actions = ClusterActionsFixture.actions();
  private final AtomicReference<String> crashLog = new AtomicReference<>("");
  private final EndedContainerLog ended =
      (source, before, lines) ->
          new ByteArrayInputStream(crashLog.get().getBytes(StandardCharsets.UTF_8));
  private RunExecutor execution;
  private RunPlan plan;

  @BeforeEach
  void admitARun() {
    KubernetesPodLog log = new KubernetesPodLog(client);
    PodLogs<WorkerLogState> loads = PodLogs.ofWorkers(codec, log, clock, timer);
    OperatorMeters meters = new OperatorMeters(new CollectorRegistry());
    EventWriter events =
        new EventWriter(
            event -> client.resource(event).create(), new EventResources(Optional.empty()), clock);
    execution =
        new RunExecutor(
            status,
            results,
            new RunObservationMapper(
                codec,
                loads,
                PodLogs.ofCollectors(codec, log, clock, timer),
                job -> Optional.empty(),
                new ContainerTerminations(ended, Duration.ofSeconds(5)),
                clock),
            new StepRecorder(results, loads, meters),
            actions,
            events,
            meters,
            failpoints,
            clock);
    BenchmarkRun created = runs.create("shop");
    plan = StoredRuns.plan(created);
    new AdmissionGate(status, events, new PodTerminationTracker(clock), clock)
        .admit(created, plan, runs.competingRuns(), List.of());
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void finishesTheRunWithAHintWhenAnEntryWasChangedAndKeepsTheOtherRows() {
    // Given
    results.recordWithoutData(
        plan, EvaluationFixture.row(0, "gin", "low", EvaluationFixture.figures(20, 10, 0)));
    results.recordWithoutData(
        plan, EvaluationFixture.row(1, "chi", "low", EvaluationFixture.figures(30, 10, 0)));
    client
        .configMaps()
        .inNamespace(runs.namespace())
        .withName("shop-index")
        .edit(index -> new ConfigMapBuilder(index).addToData("step-0001", "oops").build());

    // When
    proceed(RunObjects.empty());

    // Then
    BenchmarkRunStatus after = runs.read("shop").getStatus();
    assertThat(after.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(after.results()).extracting(ResultRow::target).containsExactly("gin");
    assertThat(condition("Finished").reason()).isEqualTo("Aborted");
    assertThat(condition("Finished").message())
        .contains("entry step-0001 of ConfigMap shop-index", "create the run again");
  }

  @Test
  void retriesResultsThatAQuotaRejectsAndReportsTheCause() {
    // Given: the result to record is that a target was rejected
    Quota quota = Quota.ofConfigMaps(runs.namespace(), 0);
    RunObjects refused =
        new RunObjects(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(
                "shop-gin",
                new Refusal(new Problem(Problem.Kind.FORBIDDEN, "no such target"), Instant.EPOCH)));

    // When
    Duration again = proceed(refused);

    // Then
    assertThat(again).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    assertThat(condition("Finished").status()).isEqualTo(ConditionStatus.FALSE);
    assertThat(condition("Finished").message())
        .contains("results cannot be written", "exceeded quota: few");
    quota.lift();
    proceed(refused);
    assertThat(runs.read("shop").getStatus().results()).isNotEmpty();
    assertThat(condition("Finished").message()).doesNotContain("cannot be written");
  }

  @Test
  void storesTheCrashLogOfATargetWithoutTheRunsSecrets() {
    // Given
    crashLog.set("2026-01-01T00:00:06.5Z using s3cret-key\n2026-01-01T00:00:07.1Z no database\n");
    Deployment longAgo =
        Serialization.unmarshal(
            "kind: Deployment\napiVersion: apps/v1\nmetadata: {name: shop-gin, creationTimestamp:"
                + " '2026-01-01T00:00:00Z', labels: {podium.bench/target: gin}}\nspec: {replicas: 1}",
            Deployment.class);
    Pod ended =
        Serialization.unmarshal(
            "kind: Pod\napiVersion: v1\nmetadata: {name: gin-pod, uid: uid-7, labels:"
                + " {podium.bench/role: target, podium.bench/target: gin}}\nspec: {containers: []}\nstatus: {phase: Running,"
                + " containerStatuses: [{name: target, restartCount: 0, state: {terminated: {exitCode: 139,"
                + " reason: Error, startedAt: '2026-01-01T00:00:05Z', finishedAt:"
                + " '2026-01-01T00:00:08Z'}}}]}",
            Pod.class);

    // When
    proceed(new RunObjects(List.of(), List.of(longAgo), List.of(), List.of(ended), Map.of()));

    // Then
    assertThat(runs.read("shop").getStatus().results().getFirst().message())
        .startsWith("the program itself crashed")
        .contains(
            "ended with code 139 (SIGSEGV)",
            "the last line of its log: \"no database\"",
            "ConfigMap shop-crash-0000-1");
    ConfigMap crash =
        client.configMaps().inNamespace(runs.namespace()).withName("shop-crash-0000-1").require();
    assertThat(crash.getImmutable()).isTrue();
    assertThat(crash.getMetadata().getOwnerReferences()).hasSize(1);
    assertThat(crash.getData().get("crash.json"))
        .contains("\"using [redacted]\"", "\"no database\"", "\"exitCode\" : 139", "SIGSEGV")
        .doesNotContain("s3cret");
  }

  @Test
  void cancelsARunWithUnreadableResults() {
    // Given
    results.recordWithoutData(
        plan, EvaluationFixture.row(0, "gin", "low", EvaluationFixture.figures(20, 10, 0)));
    client
        .configMaps()
        .inNamespace(runs.namespace())
        .withName("shop-index")
        .edit(index -> new ConfigMapBuilder(index).addToData("step-0001", "oops").build());
    client
        .resources(BenchmarkRun.class)
        .inNamespace(runs.namespace())
        .withName("shop")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"cancel\":true}}");

    // When
    proceed(RunObjects.empty());

    // Then
    assertThat(condition("Finished").reason()).isEqualTo("Cancelled");
    assertThat(runs.read("shop").getStatus().results()).hasSize(1);
  }

  private Duration proceed(RunObjects objects) {
    return execution.proceed(runs.read("shop"), plan, objects);
  }

  private RunCondition condition(String type) {
    return runs.read("shop").getStatus().conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
