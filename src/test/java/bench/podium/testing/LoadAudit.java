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
 * Hears from the pods of a run what load there really was, from before the run is made until all of
 * them are gone, and holds the run's result against it. It uses nothing of the operator's: neither
 * its objects nor its readers. While the API server is away it waits, and then reads all again.
 */
public final class LoadAudit implements AutoCloseable {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(150);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int TIMEOUT_MILLIS = 3000;

  private final String namespace;
  private final String run;
  private final KubernetesClient client;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("witness-").factory());
  private final Map<String, AuditedPod> pods = new ConcurrentHashMap<>();
  private final Map<String, FollowedLog> logs = new ConcurrentHashMap<>();

  LoadAudit(Config config, String namespace, String run) {
    this.namespace = namespace;
    this.run = run;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(impatient(config))
            .withHttpClientFactory(new OkHttpClientFactory())
            .build();
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, 0, POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** It looks again by itself, at once. */
  private static Config impatient(Config config) {
    return new ConfigBuilder(config)
        .withRequestTimeout(TIMEOUT_MILLIS)
        .withConnectionTimeout(TIMEOUT_MILLIS)
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  private void look() {
    try {
      client.pods().inNamespace(namespace).withLabel(Labels.RUN, run).list().getItems().stream()
          .filter(pod -> !logs.containsKey(pod.getMetadata().getUid()))
          .forEach(this::follow);
    } catch (KubernetesClientException e) {
      // Away: pods neither come nor go meanwhile.
    }
  }

  private void follow(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    boolean load = Labels.WORKER.equals(labels.get(Labels.ROLE));
    String uid = labels.get(Labels.RUN_UID);
    AuditedPod heard =
        load
            ? new AuditedWorkerPod(uid, pod.getMetadata().getName())
            : new AuditedTargetPod(uid, labels.get(Labels.TARGET));
    String container = load ? WorkerResources.CONTAINER : TargetResources.CONTAINER;
    FollowedLog log = new FollowedLog(client, pod, container, heard::hear, timer);
    pods.put(pod.getMetadata().getUid(), heard);
    logs.put(pod.getMetadata().getUid(), log);
    log.start();
  }

  /**
   * Waits until nothing of the run is left but its results, and asserts that all of it was counted
   * once: for a run with {@code cleanup: Always} in which no pod was harmed.
   */
  public void assertHolds(BenchmarkRun finished) {
    AuditedLoad auditedLoad = auditedLoad(finished);
    auditedLoad.assertNothingIsLost();
    assertHolds(finished, auditedLoad);
  }

  /** The same where pods were killed: what they had no time to say is not missed. */
  public void assertHoldsThoughPodsWereLost(BenchmarkRun finished) {
    assertHolds(finished, auditedLoad(finished));
  }

  /** The same for a target that records arrivals and a load that numbers its requests. */
  public void assertEachRequestArrivedOnce(BenchmarkRun finished) {
    auditedLoad(finished).assertEachRequestArrivedOnceWithANumberOfItsOwn();
  }

  /** What the workers said that they sent in an attempt, warm-up included. */
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
    await("nothing left of run " + run)
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .untilAsserted(() -> assertThat(left(uid)).isEmpty());
    await("the logs of " + run + " read to their end")
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .untilAsserted(
            () ->
                assertThat(logs.values().stream().filter(log -> !log.ended()))
                    .extracting(FollowedLog::name)
                    .isEmpty());
    return new AuditedLoad(
        targets(finished), heard(uid, AuditedWorkerPod.class), heard(uid, AuditedTargetPod.class));
  }

  private <P extends AuditedPod> List<P> heard(String uid, Class<P> kind) {
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

  private List<String> left(String uid) {
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
