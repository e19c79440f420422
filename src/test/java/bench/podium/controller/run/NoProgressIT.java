package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.Failpoints;
import bench.podium.controller.cluster.GuardedWrites;
import bench.podium.controller.cluster.ResultStore;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.RunPlan;
import bench.podium.metrics.OperatorMeters;
import bench.podium.observation.CollectorLogState;
import bench.podium.observation.ContainerTerminations;
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
import bench.podium.testing.MovableClock;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.prometheus.client.CollectorRegistry;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run that makes no progress releases its slot, on a real API server. */
@ExtendWith(ApiServer.class)
class NoProgressIT {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

  /** The result to record is that a target was rejected. */
  private static final RunObjects REFUSED =
      new RunObjects(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Map.of(
              "a-gin",
              new Refusal(new Problem(Problem.Kind.FORBIDDEN, "no such target"), Instant.EPOCH)));

  private final KubernetesClient client = ApiServer.client();

  /** Like the operator's client, which gives up retries quickly. */
  private final KubernetesClient withoutRetries = withoutRetries();

  private final StoredRuns runs = new StoredRuns();
  private final MovableClock clock = new MovableClock(PlanFixture.START);
  private final ProtocolCodec codec = new ProtocolCodec();
  private final Failpoints failpoints = new Failpoints(Optional.empty(), Path.of("target"));
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final StatusWriter status = new StatusWriter(client, new StatusFactory(clock));
  private final Queue<Event> emitted = new ConcurrentLinkedQueue<>();
  private final EventWriter events =
      new EventWriter(emitted::add, new EventResources(Optional.empty()), clock);
  private final AdmissionGate admissionGate =
      new AdmissionGate(status, events, new PodTerminationTracker(clock), clock);
  private final RunExecutor executor = executor();

  @AfterEach
  void stop() {
    timer.shutdownNow();
    withoutRetries.close();
  }

  @Test
  void releasesTheSlotWhenItsResultsAreNeverAccepted() {
    // Given
    Quota quota = Quota.ofConfigMaps(runs.namespace(), 0);
    admit("a");
    runs.create("b");
    proceed("a", REFUSED);

    // When
    proceedFor(BOUND, REFUSED);

    // Then
    BenchmarkRunStatus after = runs.read("a").getStatus();
    assertThat(after.phase()).isEqualTo(Phase.QUEUED);
    assertThat(after.startTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(condition("a", "Admitted").reason()).isEqualTo("NoProgress");
    assertThat(condition("a", "Admitted").message())
        .contains("results cannot be written", "exceeded quota: few", "from 2026-01-01T00:03:00Z");
    assertThat(condition("a", "Reconciling").status()).isEqualTo(ConditionStatus.TRUE);
    assertThat(condition("a", "Stalled").status()).isEqualTo(ConditionStatus.FALSE);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(emitted).extracting(Event::getReason).contains("NoProgress"));
    assertThat(admit("b")).isPresent();
    quota.lift();
  }

  @Test
  void retriesTheRunAfterABackoffAndBehindTheOthers() {
    // Given
    Quota quota = Quota.ofConfigMaps(runs.namespace(), 0);
    admit("a");
    runs.create("b");
    proceed("a", REFUSED);
    proceedFor(BOUND, REFUSED);

    // When
    boolean atOnce = admissionGate.mayRetry(summary("a"));
    clock.pass(Duration.ofMinutes(1));
    boolean later = admissionGate.mayRetry(summary("a"));
    Optional<BenchmarkRun> beforeTheOther = admitAgain("a");
    runs.delete("b");
    Optional<BenchmarkRun> afterIt = admitAgain("a");

    // Then
    assertThat(atOnce).isFalse();
    assertThat(later).isTrue();
    assertThat(beforeTheOther).isEmpty();
    assertThat(condition("a", "Admitted").status()).isEqualTo(ConditionStatus.TRUE);
    BenchmarkRunStatus again = afterIt.orElseThrow().getStatus();
    assertThat(again.phase()).isEqualTo(Phase.PREPARING);
    assertThat(again.progress().backoff().since()).isNull();
    assertThat(again.progress().backoff().tries()).isEqualTo(1);
    assertThat(again.progress().workers().generation()).isEqualTo(2);
    assertThat(again.startTime()).isEqualTo("2026-01-01T00:00:00Z");
    quota.lift();
  }

  @Test
  void releasesTheSlotWithTheMessageOfRepeatedApiServerFailures() {
    // Given
    ValidatingWebhookConfiguration dead = deadWebhook();
    try {
      admit("a");
      Throwable first = catchThrowable(() -> proceed("a", RunObjects.empty()));

      // When
      for (Duration passed = Duration.ZERO;
          passed.compareTo(BOUND) < 0;
          passed = passed.plus(POLL_INTERVAL)) {
        clock.pass(POLL_INTERVAL);
        Throwable again = catchThrowable(() -> proceed("a", RunObjects.empty()));
        assertThat(again == null).isEqualTo(passed.plus(POLL_INTERVAL).equals(BOUND));
      }

      // Then
      assertThat(first).hasMessageContaining("failed calling webhook");
      assertThat(condition("a", "Admitted").reason()).isEqualTo("NoProgress");
      assertThat(condition("a", "Admitted").message()).contains("failed calling webhook");
    } finally {
      client.resource(dead).delete();
    }
  }

  /** Its endpoint does not exist, so that the API server fails to create any Job. */
  private ValidatingWebhookConfiguration deadWebhook() {
    ValidatingWebhookConfiguration webhook =
        client
            .resource(
                new ValidatingWebhookConfigurationBuilder()
                    .withNewMetadata()
                    .withName("dead-" + runs.namespace())
                    .endMetadata()
                    .addNewWebhook()
                    .withName("dead.example.com")
                    .withAdmissionReviewVersions("v1")
                    .withSideEffects("None")
                    .withFailurePolicy("Fail")
                    .withNewClientConfig()
                    .withUrl("https://127.0.0.1:1/")
                    .endClientConfig()
                    .withNewNamespaceSelector()
                    .addToMatchLabels("kubernetes.io/metadata.name", runs.namespace())
                    .endNamespaceSelector()
                    .addNewRule()
                    .withApiGroups("batch")
                    .withApiVersions("v1")
                    .withOperations("CREATE")
                    .withResources("jobs")
                    .endRule()
                    .endWebhook()
                    .build())
            .create();
    // The API server reads its configuration now and then.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                catchThrowable(() -> withoutRetries.resource(aJob()).dryRun(true).create())
                    != null);
    return webhook;
  }

  private Job aJob() {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(runs.namespace())
        .withName("probe")
        .endMetadata()
        .withNewSpec()
        .withNewTemplate()
        .withNewSpec()
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("probe")
        .withImage("example/probe:1")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static KubernetesClient withoutRetries() {
    Config config = Config.fromKubeconfig(ApiServer.kubeconfig());
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder()
        .withHttpClientFactory(new OkHttpClientFactory())
        .withConfig(config)
        .build();
  }

  private RunExecutor executor() {
    KubernetesPodLog log = new KubernetesPodLog(client);
    PodLogs<WorkerLogState> loads = PodLogs.ofWorkers(codec, log, clock, timer);
    PodLogs<CollectorLogState> collectors = PodLogs.ofCollectors(codec, log, clock, timer);
    OperatorMeters meters = new OperatorMeters(new CollectorRegistry());
    ResultStore results =
        new ResultStore(client, new GuardedWrites(client), new ResultCodec(codec), failpoints);
    return new RunExecutor(
        status,
        results,
        new RunObservationMapper(
            codec,
            loads,
            collectors,
            job -> Optional.empty(),
            new ContainerTerminations(
                (source, ofBefore, lines) -> InputStream.nullInputStream(), Duration.ZERO),
            clock),
        new StepRecorder(results, loads, meters),
        ClusterActionsFixture.actions(withoutRetries),
        events,
        meters,
        failpoints,
        clock);
  }

  /** Many turns, since an operator that was unavailable does not count that time. */
  private void proceedFor(Duration time, RunObjects objects) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) < 0;
        passed = passed.plus(POLL_INTERVAL)) {
      clock.pass(POLL_INTERVAL);
      proceed("a", objects);
    }
  }

  private void proceed(String name, RunObjects objects) {
    BenchmarkRun live = runs.read(name);
    executor.proceed(live, StoredRuns.plan(live), objects);
  }

  private Optional<BenchmarkRun> admit(String name) {
    if (runs.find(name).isEmpty()) {
      runs.create(name);
    }
    return admitAgain(name);
  }

  private Optional<BenchmarkRun> admitAgain(String name) {
    BenchmarkRun live = runs.read(name);
    RunPlan plan = StoredRuns.plan(live);
    return StoredRuns.admitted(admissionGate.admit(live, plan, runs.competingRuns(), List.of()));
  }

  private RunSummary summary(String name) {
    return RunSummary.of(runs.read(name));
  }

  private RunCondition condition(String name, String type) {
    return runs.read(name).getStatus().conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
