package bench.podium.controller;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.domain.judge.Verdict;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.plan.RunPlan;
import bench.podium.observe.ContainerEnds;
import bench.podium.observe.KubernetesPodLog;
import bench.podium.observe.KubernetesWholeLog;
import bench.podium.observe.PodLogs;
import bench.podium.observe.RunObjects;
import bench.podium.observe.RunObserver;
import bench.podium.observe.WholeLog;
import bench.podium.resources.EventResources;
import bench.podium.resources.Labels;
import bench.podium.results.ResultCodec;
import bench.podium.status.RunView;
import bench.podium.status.Standing;
import bench.podium.status.StatusFactory;
import bench.podium.testing.ApiServer;
import bench.podium.testing.MovableClock;
import bench.podium.wire.WireCodec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a failed run has left, beside the next run, on a real API server. */
@ExtendWith(ApiServer.class)
class KeptPodsIT {

  private static final String LOG = "log.shop-gin-7d4f-x.target";

  private final KubernetesClient client = ApiServer.client();
  private final StoredRuns runs = new StoredRuns();
  private final MovableClock clock = new MovableClock(PlanFixture.START);
  private final WireCodec wire = new WireCodec();
  private final Failpoints failpoints = new Failpoints(Optional.empty(), Path.of("target"));
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final StatusWriter status = new StatusWriter(client, new StatusFactory(clock));
  private final Queue<Event> told = new ConcurrentLinkedQueue<>();
  private final EventWriter events =
      new EventWriter(told::add, new EventResources(Optional.empty()), clock);
  private final Departures departures = new Departures(clock);
  private final AdmissionGate gate = new AdmissionGate(status, events, departures, clock);
  private final RunActs acts = ActsFixture.acts();
  private final RunCleanUp cleanUp = cleanUp();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void yieldToAnotherRunOnceTheEndOfTheirLogsIsInTheResults() throws IOException {
    // Given
    RunSummary failed = failed("shop");
    RunObjects kept = target("shop");

    // When
    cleanUp.proceed(failed, kept, () -> true);

    // Then
    ConfigMap index = configMap("shop-index");
    ConfigMap log = configMap(index.getData().get(LOG));
    assertThat(log.getImmutable()).isTrue();
    assertThat(text(log)).startsWith("the log could not be read");
    assertThat(deployment("shop-gin")).isEmpty();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(told)
                    .filteredOn(event -> event.getReason().equals("KeptPodsRemoved"))
                    .singleElement()
                    .satisfies(
                        event ->
                            assertThat(event.getMessage())
                                .contains("entries log.* of ConfigMap shop-index")));
  }

  @Test
  void standWhileNobodyElseHasThePlace() {
    // Given
    RunSummary failed = failed("shop");
    RunObjects kept = target("shop");

    // When
    Optional<Duration> again = cleanUp.proceed(failed, kept, () -> false);

    // Then
    assertThat(again).isEmpty();
    assertThat(deployment("shop-gin")).isPresent();
  }

  @Test
  void standBesideAnotherRunWhereTheRunNeverRemovesThem() {
    // Given
    failed("shop");
    client
        .resources(BenchmarkRun.class)
        .inNamespace(runs.namespace())
        .withName("shop")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"cleanup\":{\"pods\":\"Never\"}}}");
    RunObjects kept = target("shop");

    // When
    cleanUp.proceed(RunSummary.of(runs.read("shop")), kept, () -> true);

    // Then
    assertThat(deployment("shop-gin")).isPresent();
  }

  @Test
  void goThoughNobodyTakesTheirLogsButNotAtOnce() {
    // Given
    RunSummary failed = failed("shop");
    RunObjects kept = target("shop");
    Quota quota = Quota.ofConfigMaps(runs.namespace(), 0);

    // When
    cleanUp.proceed(failed, kept, () -> true);
    boolean atOnce = deployment("shop-gin").isEmpty();
    clock.pass(Duration.ofSeconds(31));
    cleanUp.proceed(failed, kept, () -> false);

    // Then
    assertThat(atOnce).isFalse();
    assertThat(deployment("shop-gin")).isEmpty();
    awaitTold("could not all be kept: configmaps");
    quota.lift();
  }

  @Test
  void aPodThatNeverEndsKeepsTheQueueForItsGracePeriodAndThenIsNamed() {
    // Given
    RunSummary failed = failed("shop");
    runs.create("tea");
    Pod stuck = pod("shop-load-g1-0-x", Labels.ofLoad(plan("shop"), 1), "worker");
    Optional<BenchmarkRun> early = admit("tea", stuck);

    // When
    clock.pass(Duration.ofSeconds(61));
    Optional<BenchmarkRun> late = admit("tea", stuck);

    // Then
    assertThat(early).isEmpty();
    assertThat(late).isPresent();
    assertThat(cleanUp.holdsPlace(failed, RunObjects.none().withPods(List.of(stuck)))).isFalse();
    cleanUp.proceed(failed, RunObjects.none().withPods(List.of(stuck)), () -> false);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(told)
                    .filteredOn(event -> event.getReason().equals("PodRemovalOverdue"))
                    .singleElement()
                    .satisfies(
                        event -> assertThat(event.getMessage()).contains("shop-load-g1-0-x")));
  }

  @Test
  void goWhenTheTimeForTheirLogsIsUpAndThoseReadByThenAreKept() {
    // Given: the first of two logs takes all of the time
    RunCleanUp slow =
        cleanUp(
            source -> {
              clock.pass(Duration.ofSeconds(31));
              return new ByteArrayInputStream("slow\n".getBytes(StandardCharsets.UTF_8));
            });
    RunSummary failed = failed("shop");
    RunObjects kept = target("shop");
    Pod second = pod("shop-gin-7d4f-y", Labels.ofTarget(plan("shop"), "gin"), "target");

    // When
    slow.proceed(failed, kept.withPods(List.of(kept.pods().getFirst(), second)), () -> true);

    // Then
    assertThat(configMap("shop-index").getData())
        .containsKey(LOG)
        .doesNotContainKey("log.shop-gin-7d4f-y.target");
    assertThat(deployment("shop-gin")).isEmpty();
    awaitTold("could not all be kept: 1 of 2 were within 30 s");
  }

  @Test
  void goWithoutAWordOfKeptLogsWhereTheRunIsGone() {
    // Given
    RunSummary failed = failed("shop");
    RunObjects kept = target("shop");
    client.resource(runs.read("shop")).delete();

    // When
    cleanUp.proceed(failed, kept, () -> true);

    // Then
    awaitTold("the run is gone");
    assertThat(told).extracting(Event::getMessage).noneMatch(text -> text.contains("entries log"));
  }

  private void awaitTold(String words) {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(told)
                    .extracting(Event::getMessage)
                    .anyMatch(message -> message.contains(words)));
  }

  private RunCleanUp cleanUp() {
    return cleanUp(new KubernetesWholeLog(client));
  }

  private RunCleanUp cleanUp(WholeLog whole) {
    KubernetesPodLog log = new KubernetesPodLog(client);
    ResultStore results =
        new ResultStore(client, new FencedActs(client), new ResultCodec(wire), failpoints);
    return new RunCleanUp(
        status,
        new RunObserver(
            wire,
            PodLogs.ofLoad(wire, log, clock, timer),
            PodLogs.ofObservers(wire, log, clock, timer),
            job -> Optional.empty(),
            new ContainerEnds(
                (source, ofBefore, lines) -> InputStream.nullInputStream(), Duration.ZERO),
            clock),
        acts,
        events,
        new KeptPods(new KeptLogs(whole, status, results, clock), events, clock),
        departures,
        failpoints,
        clock);
  }

  private RunSummary failed(String name) {
    BenchmarkRun created = runs.create(name);
    return RunSummary.of(
        status.write(
            created,
            new RunView(
                created.getMetadata().getGeneration(),
                new RunView.Phase.Finished(
                    new RunView.Execution(
                        StoredRuns.plan(created),
                        clock.instant(),
                        Progress.atAdmission(clock.instant()),
                        new Standing.NotYetKnown(),
                        new Standing.NotYetKnown(),
                        List.of(),
                        Optional.empty()),
                    FinishReason.COMPLETED,
                    Verdict.FAILED,
                    "an SLO was missed",
                    clock.instant()))));
  }

  /** The run's last target as it stands, with a pod that no node has. */
  private RunObjects target(String run) {
    RunPlan plan = plan(run);
    acts.deployTarget(plan, "gin", runs.read(run).getSpec().targets().getFirst().deploy());
    return new RunObjects(
        List.of(),
        List.of(deployment(run + "-gin").orElseThrow()),
        List.of(),
        List.of(pod(run + "-gin-7d4f-x", Labels.ofTarget(plan, "gin"), "target")),
        Map.of());
  }

  private Pod pod(String name, Map<String, String> labels, String container) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(runs.namespace())
        .withName(name)
        .withUid("uid-of-" + name)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName(container)
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPhase("Running")
        .endStatus()
        .build();
  }

  private Optional<BenchmarkRun> admit(String name, Pod... pods) {
    BenchmarkRun live = runs.read(name);
    return StoredRuns.admitted(
        gate.admit(live, StoredRuns.plan(live), runs.watchedAsSeen(), List.of(pods)));
  }

  private RunPlan plan(String run) {
    return StoredRuns.plan(runs.read(run));
  }

  private Optional<Deployment> deployment(String name) {
    return Optional.ofNullable(
        client.apps().deployments().inNamespace(runs.namespace()).withName(name).get());
  }

  private ConfigMap configMap(String name) {
    return client.configMaps().inNamespace(runs.namespace()).withName(name).require();
  }

  private static String text(ConfigMap log) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(log.getBinaryData().get("log.gz"));
    try (GZIPInputStream text = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
