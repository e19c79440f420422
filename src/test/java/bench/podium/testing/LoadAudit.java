package bench.podium.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.resources.Labels;
import bench.podium.resources.TargetResources;
import bench.podium.resources.WorkerResources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Records the actual load of a run from the logs of its pods, from before the run is created until
 * all pods are gone, and compares the run's results with it. It shares no code with the operator
 * for reading the logs. If the API server fails it waits, and then reads all logs again.
 */
public final class LoadAudit implements AutoCloseable {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(150);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int TIMEOUT_MILLIS = 3000;

  private final String namespace;
  private final String run;
  private final KubernetesClient client;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("audit-").factory());
  private final Map<String, AuditedPod> pods = new ConcurrentHashMap<>();
  private final Map<String, FollowedLog> logs = new ConcurrentHashMap<>();

  LoadAudit(Config config, String namespace, String run) {
    this.namespace = namespace;
    this.run = run;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(withShortTimeouts(config))
            .withHttpClientFactory(new OkHttpClientFactory())
            .build();
    var unused =
        timer.scheduleWithFixedDelay(
            this::poll, 0, POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Requests are not retried by the client, because the audit polls anyway. */
  private static Config withShortTimeouts(Config config) {
    return new ConfigBuilder(config)
        .withRequestTimeout(TIMEOUT_MILLIS)
        .withConnectionTimeout(TIMEOUT_MILLIS)
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  private void poll() {
    try {
      client.pods().inNamespace(namespace).withLabel(Labels.RUN, run).list().getItems().stream()
          .filter(pod -> !logs.containsKey(pod.getMetadata().getUid()))
          .forEach(this::follow);
    } catch (KubernetesClientException e) {
      // The API server is not available: pods neither appear nor disappear meanwhile.
    }
  }

  private void follow(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    boolean load = Labels.ROLE_WORKER.equals(labels.get(Labels.ROLE));
    String uid = labels.get(Labels.RUN_UID);
    AuditedPod audited =
        load
            ? new AuditedWorkerPod(uid, pod.getMetadata().getName())
            : new AuditedTargetPod(uid, labels.get(Labels.TARGET));
    String container = load ? WorkerResources.CONTAINER : TargetResources.CONTAINER;
    FollowedLog log = new FollowedLog(client, pod, container, audited::read, timer);
    pods.put(pod.getMetadata().getUid(), audited);
    logs.put(pod.getMetadata().getUid(), log);
    log.start();
  }

  /**
   * Waits until only the results of the run are left, and asserts that its load was counted exactly
   * once. For runs with {@code cleanup.pods: Always} whose pods all ended by themselves.
   */
  public void assertHolds(BenchmarkRun finished) {
    AuditedLoad auditedLoad = auditedLoad(finished);
    auditedLoad.assertNoPodIsLost();
    assertHolds(finished, auditedLoad);
  }

  /** The same for runs with killed pods, whose final messages may be missing. */
  public void assertHoldsWithLostPods(BenchmarkRun finished) {
    assertHolds(finished, auditedLoad(finished));
  }

  /** For targets that record arrivals, and requests with a sequence number. */
  public void assertEachRequestArrivedOnce(BenchmarkRun finished) {
    auditedLoad(finished).assertEachRequestArrivedOnceWithItsOwnNumber();
  }

  /** The requests that the workers sent in an attempt, warm-up included. */
  public long sentIn(BenchmarkRun finished, int step, int attempt) {
    return auditedLoad(finished).sentIn(step, attempt);
  }

  private void assertHolds(BenchmarkRun finished, AuditedLoad auditedLoad) {
    auditedLoad.assertEachAttemptRanOnce();
    auditedLoad.assertTargetsCountedWhatTheWorkersSent();
    assertOneRowForEachStep(finished);
  }

  private AuditedLoad auditedLoad(BenchmarkRun finished) {
    String uid = finished.getMetadata().getUid();
    await("objects of run " + run + " gone")
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .untilAsserted(() -> assertThat(remainingObjects(uid)).isEmpty());
    await("the logs of " + run + " read to their end")
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .untilAsserted(
            () ->
                assertThat(logs.values().stream().filter(log -> !log.ended()))
                    .extracting(FollowedLog::name)
                    .isEmpty());
    return new AuditedLoad(
        targets(finished), pods(uid, AuditedWorkerPod.class), pods(uid, AuditedTargetPod.class));
  }

  private <P extends AuditedPod> List<P> pods(String uid, Class<P> kind) {
    return pods.values().stream()
        .filter(pod -> pod.runUid().equals(uid))
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** The target of each step. */
  private static List<String> targets(BenchmarkRun run) {
    int stages = run.getSpec().load().stages().size();
    return run.getSpec().targets().stream()
        .flatMap(target -> IntStream.range(0, stages).mapToObj(stage -> target.name()))
        .toList();
  }

  private List<String> remainingObjects(String uid) {
    ListOptions ofRun =
        new ListOptionsBuilder().withLabelSelector(Labels.RUN_UID + "=" + uid).build();
    return Stream.<List<? extends HasMetadata>>of(
            client.pods().inNamespace(namespace).list(ofRun).getItems(),
            client.services().inNamespace(namespace).list(ofRun).getItems(),
            client.batch().v1().jobs().inNamespace(namespace).list(ofRun).getItems(),
            client.apps().deployments().inNamespace(namespace).list(ofRun).getItems(),
            client.apps().replicaSets().inNamespace(namespace).list(ofRun).getItems())
        .flatMap(List::stream)
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .toList();
  }

  private void assertOneRowForEachStep(BenchmarkRun finished) {
    List<String> stages =
        finished.getSpec().load().stages().stream().map(stage -> stage.name()).toList();
    List<String> steps =
        finished.getSpec().targets().stream()
            .flatMap(target -> stages.stream().map(stage -> target.name() + "/" + stage))
            .toList();
    assertThat(finished.getStatus().results())
        .extracting(row -> row.target() + "/" + row.stage())
        .as("rows")
        .containsExactlyElementsOf(steps);
    assertThat(index().keySet())
        .as("entries of the index")
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, steps.size()).mapToObj("step-%04d"::formatted).toList());
  }

  private Map<String, String> index() {
    return client.configMaps().inNamespace(namespace).withName(run + "-index").get().getData();
  }

  @Override
  public void close() {
    logs.values().forEach(FollowedLog::close);
    timer.shutdownNow();
    client.close();
  }
}
