package bench.podium.controller;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.domain.judge.JudgeFixture;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.plan.RunPlan;
import bench.podium.metrics.OperatorMeters;
import bench.podium.observe.KubernetesPodLog;
import bench.podium.observe.PodLogs;
import bench.podium.observe.RunObjects;
import bench.podium.observe.RunObjects.Refusal;
import bench.podium.observe.RunObserver;
import bench.podium.observe.WorkerJournal;
import bench.podium.resources.EventResources;
import bench.podium.results.ResultCodec;
import bench.podium.status.StatusFactory;
import bench.podium.testing.ApiServer;
import bench.podium.wire.WireCodec;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs whose results cannot be read or written, on a real API server. */
@ExtendWith(ApiServer.class)
class RunExecutionIT {

  private final KubernetesClient client = ApiServer.client();
  private final StoredRuns runs = new StoredRuns();
  private final Clock clock = Clock.systemUTC();
  private final WireCodec wire = new WireCodec();
  private final Failpoints failpoints = new Failpoints(Optional.empty(), Path.of("target"));
  private final FencedActs fenced = new FencedActs(client);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final StatusWriter status = new StatusWriter(client, new StatusFactory(clock));
  private final ResultStore results =
      new ResultStore(client, fenced, new ResultCodec(wire), failpoints);
  private final RunActs acts = ActsFixture.acts();
  private RunExecution execution;
  private RunPlan plan;

  @BeforeEach
  void admitARun() {
    KubernetesPodLog log = new KubernetesPodLog(client);
    PodLogs<WorkerJournal> loads = PodLogs.ofLoad(wire, log, clock, timer);
    OperatorMeters meters = new OperatorMeters(new CollectorRegistry());
    EventWriter events =
        new EventWriter(
            event -> client.resource(event).create(), new EventResources(Optional.empty()), clock);
    execution =
        new RunExecution(
            status,
            results,
            new RunObserver(
                wire,
                loads,
                PodLogs.ofObservers(wire, log, clock, timer),
                job -> Optional.empty(),
                clock),
            new StepRecorder(results, loads, meters),
            acts,
            events,
            meters,
            failpoints,
            clock);
    BenchmarkRun created = runs.create("shop");
    plan = StoredRuns.plan(created);
    new AdmissionGate(status, events, new Departures(clock), clock)
        .admit(created, plan, runs.watched(), List.of());
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void aChangedEntryEndsTheRunWithWhatToDoAndKeepsTheOtherRows() {
    // Given
    results.recordWithoutData(
        plan, JudgeFixture.row(0, "gin", "low", JudgeFixture.figures(20, 10, 0)));
    results.recordWithoutData(
        plan, JudgeFixture.row(1, "chi", "low", JudgeFixture.figures(30, 10, 0)));
    client
        .configMaps()
        .inNamespace(runs.namespace())
        .withName("shop-index")
        .edit(index -> new ConfigMapBuilder(index).addToData("step-0001", "oops").build());

    // When
    proceed(RunObjects.none());

    // Then
    BenchmarkRunStatus after = runs.read("shop").getStatus();
    assertThat(after.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(after.results()).extracting(ResultRow::target).containsExactly("gin");
    assertThat(condition("Finished").reason()).isEqualTo("Aborted");
    assertThat(condition("Finished").message())
        .contains("entry step-0001 of ConfigMap shop-index", "create the run anew");
  }

  @Test
  void resultsThatAQuotaRefusesAreTriedAgainAndTheStatusSaysWhy() {
    // Given: what there is to record is that a target was refused
    Quota quota = Quota.ofConfigMaps(runs.namespace(), 0);
    RunObjects refused =
        new RunObjects(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(
                "shop-gin",
                new Refusal(new Trouble(Trouble.Kind.FORBIDDEN, "no such target"), Instant.EPOCH)));

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
  void cancellingEndsARunOfWhichSomethingCannotBeRead() {
    // Given
    results.recordWithoutData(
        plan, JudgeFixture.row(0, "gin", "low", JudgeFixture.figures(20, 10, 0)));
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
    proceed(RunObjects.none());

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
