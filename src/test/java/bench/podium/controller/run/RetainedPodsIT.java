package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.controller.cluster.ClusterActions;
import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.Failpoints;
import bench.podium.controller.cluster.GuardedWrites;
import bench.podium.controller.cluster.ResultStore;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.plan.RunPlan;
import bench.podium.observation.ContainerTerminations;
import bench.podium.observation.KubernetesPodLog;
import bench.podium.observation.KubernetesWholeLog;
import bench.podium.observation.PodLogs;
import bench.podium.observation.RunObjects;
import bench.podium.observation.RunObservationMapper;
import bench.podium.observation.WholeLog;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.resources.EventResources;
import bench.podium.resources.Labels;
import bench.podium.results.ResultCodec;
import bench.podium.status.ComponentStatus;
import bench.podium.status.RunSnapshot;
import bench.podium.status.StatusFactory;
import bench.podium.testing.ApiServer;
import bench.podium.testing.MovableClock;
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

/** The pods of a failed run while another run needs the slot, on a real API server. */
@ExtendWith(ApiServer.class)
class RetainedPodsIT {

  private static final String LOG = "log.shop-gin-7d4f-x.target";

  private final KubernetesClient client = ApiServer.client();
  private final StoredRuns runs = new StoredRuns();
  private final MovableClock clock = new MovableClock(PlanFixture.START);
  private final ProtocolCodec codec = new ProtocolCodec();
  private final Failpoints failpoints = new Failpoints(Optional.empty(), Path.of("target"));
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final StatusWriter status = new StatusWriter(client, new StatusFactory(clock));
  private final Queue<Event> emitted = new ConcurrentLinkedQueue<>();
  private final EventWriter events =
      new EventWriter(emitted::add, new EventResources(Optional.empty()), clock);
  private final PodTerminationTracker terminations = new PodTerminationTracker(clock);
  private final AdmissionGate admissionGate =
      new AdmissionGate(status, events, terminations, clock);
  private final ClusterActions actions = ClusterActionsFixture.actions();
  private final RunCleanUp cleanUp = cleanUp();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void areDeletedForAnotherRunOnceTheirLogsAreSaved() throws IOException {
    // Given
    RunSummary failed = failed("shop");
    RunObjects retained = target("shop");

    // When
    cleanUp.proceed(failed, retained, () -> true);

    // Then
    ConfigMap index = configMap("shop-index");
    ConfigMap log = configMap(index.getData().get(LOG));
    assertThat(log.getImmutable()).isTrue();
    assertThat(text(log)).startsWith("the log could not be read");
    assertThat(deployment("shop-gin")).isEmpty();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(emitted)
                    .filteredOn(event -> event.getReason().equals("RetainedPodsRemoved"))
                    .singleElement()
                    .satisfies(
                        event ->
                            assertThat(event.getMessage())
                                .contains("entries log.* of ConfigMap shop-index")));
  }

  @Test
  void areRetainedWhileTheSlotIsFree() {
    // Given
    RunSummary failed = failed("shop");
    RunObjects retained = target("shop");

    // When
    Optional<Duration> again = cleanUp.proceed(failed, retained, () -> false);

    // Then
    assertThat(again).isEmpty();
    assertThat(deployment("shop-gin")).isPresent();
  }

  @Test
  void areRetainedBesideAnotherRunWithCleanupNever() {
    // Given
    failed("shop");
    client
        .resources(BenchmarkRun.class)
        .inNamespace(runs.namespace())
        .withName("shop")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"cleanup\":{\"pods\":\"Never\"}}}");
    RunObjects retained = target("shop");

    // When
    cleanUp.proceed(RunSummary.of(runs.read("shop")), retained, () -> true);

    // Then
    assertThat(deployment("shop-gin")).isPresent();
  }

  @Test
  void areDeletedAfterATimeoutIfTheirLogsAreRejected() {
    // Given
    RunSummary failed = failed("shop");
    RunObjects retained = target("shop");
    Quota quota = Quota.ofConfigMaps(runs.namespace(), 0);

    // When
    cleanUp.proceed(failed, retained, () -> true);
    boolean atOnce = deployment("shop-gin").isEmpty();
    clock.pass(Duration.ofSeconds(31));
    cleanUp.proceed(failed, retained, () -> false);

    // Then
    assertThat(atOnce).isFalse();
    assertThat(deployment("shop-gin")).isEmpty();
    awaitEmitted("could not all be stored: configmaps");
    quota.lift();
  }

  @Test
  void blocksTheQueueForTheGracePeriodOfAStuckPodAndThenNamesIt() {
    // Given
    RunSummary failed = failed("shop");
    runs.create("tea");
    Pod stuck = pod("shop-load-g1-0-x", Labels.ofWorkers(plan("shop"), 1), "worker");
    Optional<BenchmarkRun> early = admit("tea", stuck);

    // When
    clock.pass(Duration.ofSeconds(61));
    Optional<BenchmarkRun> late = admit("tea", stuck);

    // Then
    assertThat(early).isEmpty();
    assertThat(late).isPresent();
    assertThat(cleanUp.occupiesSlot(failed, RunObjects.empty().withPods(List.of(stuck)))).isFalse();
    cleanUp.proceed(failed, RunObjects.empty().withPods(List.of(stuck)), () -> false);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(emitted)
                    .filteredOn(event -> event.getReason().equals("PodRemovalOverdue"))
                    .singleElement()
                    .satisfies(
                        event -> assertThat(event.getMessage()).contains("shop-load-g1-0-x")));
  }

  @Test
  void areDeletedAtTheTimeoutWithTheLogsReadSoFarSaved() {
    // Given: the first of two logs takes all of the time
    RunCleanUp slow =
        cleanUp(
            source -> {
              clock.pass(Duration.ofSeconds(31));
              return new ByteArrayInputStream("slow\n".getBytes(StandardCharsets.UTF_8));
            });
    RunSummary failed = failed("shop");
    RunObjects retained = target("shop");
    Pod second = pod("shop-gin-7d4f-y", Labels.ofTarget(plan("shop"), "gin"), "target");

    // When
    slow.proceed(
        failed, retained.withPods(List.of(retained.pods().getFirst(), second)), () -> true);

    // Then
    assertThat(configMap("shop-index").getData())
        .containsKey(LOG)
        .doesNotContainKey("log.shop-gin-7d4f-y.target");
    assertThat(deployment("shop-gin")).isEmpty();
    awaitEmitted("could not all be stored: 1 of 2 were within 30 s");
  }

  @Test
  void areDeletedWithoutSavedLogsIfTheRunWasDeleted() {
    // Given
    RunSummary failed = failed("shop");
    RunObjects retained = target("shop");
    client.resource(runs.read("shop")).delete();

    // When
    cleanUp.proceed(failed, retained, () -> true);

    // Then
    awaitEmitted("the run is gone");
    assertThat(emitted)
        .extracting(Event::getMessage)
        .noneMatch(text -> text.contains("entries log"));
  }

  private void awaitEmitted(String message) {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(emitted)
                    .extracting(Event::getMessage)
                    .anyMatch(emittedMessage -> emittedMessage.contains(message)));
  }

  private RunCleanUp cleanUp() {
    return cleanUp(new KubernetesWholeLog(client));
  }

  private RunCleanUp cleanUp(WholeLog whole) {
    KubernetesPodLog log = new KubernetesPodLog(client);
    ResultStore results =
        new ResultStore(client, new GuardedWrites(client), new ResultCodec(codec), failpoints);
    return new RunCleanUp(
        status,
        new RunObservationMapper(
            codec,
            PodLogs.ofWorkers(codec, log, clock, timer),
            PodLogs.ofCollectors(codec, log, clock, timer),
            job -> Optional.empty(),
            new ContainerTerminations(
                (source, ofBefore, lines) -> InputStream.nullInputStream(), Duration.ZERO),
            clock),
        actions,
        events,
        new RetainedPods(new RetainedLogs(whole, status, results, clock), events, clock),
        terminations,
        failpoints,
        clock);
  }

  private RunSummary failed(String name) {
    BenchmarkRun created = runs.create(name);
    return RunSummary.of(
        status.write(
            created,
            new RunSnapshot(
                created.getMetadata().getGeneration(),
                new RunSnapshot.Phase.Finished(
                    new RunSnapshot.Execution(
                        StoredRuns.plan(created),
                        clock.instant(),
                        Progress.atAdmission(clock.instant()),
                        new ComponentStatus.NotYetKnown(),
                        new ComponentStatus.NotYetKnown(),
                        List.of(),
                        Optional.empty()),
                    FinishReason.COMPLETED,
                    Verdict.FAILED,
                    "an SLO was missed",
                    clock.instant()))));
  }

  /** The run's last target as it exists, with an unscheduled pod. */
  private RunObjects target(String run) {
    RunPlan plan = plan(run);
    actions.createTarget(plan, "gin", runs.read(run).getSpec().targets().getFirst().deploy());
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
        admissionGate.admit(
            live, StoredRuns.plan(live), runs.competingRunsInCache(), List.of(pods)));
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
