package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Logs through a real API server, with the operator's kind of connection. */
@ExtendWith(ApiServer.class)
class KubernetesPodLogIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Logger OKHTTP = Logger.getLogger("okhttp3.OkHttpClient");

  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(Config.fromKubeconfig(ApiServer.kubeconfig()))
          .withHttpClientFactory(new OkHttpClientFactory())
          .build();
  private final KubernetesPodLog log = new KubernetesPodLog(client);
  private final Leaks leaks = new Leaks();
  private String namespace;
  private Node node;
  private FakeKubelet kubelet;

  @BeforeEach
  void startKubelet(@TempDir Path folder) throws Exception {
    OKHTTP.addHandler(leaks);
    namespace = ApiServer.namespace();
    kubelet = new FakeKubelet(folder);
    node =
        client
            .resource(
                new NodeBuilder()
                    .withNewMetadata()
                    .withName(namespace)
                    .endMetadata()
                    .withNewStatus()
                    .addNewAddress("127.0.0.1", "InternalIP")
                    .withNewDaemonEndpoints()
                    .withNewKubeletEndpoint(kubelet.port())
                    .endDaemonEndpoints()
                    .endStatus()
                    .build())
            .create();
    client
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName("default").endMetadata().build())
        .inNamespace(namespace)
        .create();
    pod("load-0");
  }

  @AfterEach
  void stopKubelet() {
    OKHTTP.removeHandler(leaks);
    client.resource(node).delete();
    client.close();
    kubelet.close();
  }

  @Test
  void endsTheRequestWhenTheLogIsClosed() throws IOException {
    // Given
    PodLog.Attachment attached = attach();
    assertThat(kubelet.readers()).isEqualTo(1);

    // When
    attached.close();

    // Then
    await()
        .atMost(SOON)
        .until(
            () -> {
              kubelet.printOn();
              return kubelet.readers() == 0;
            });
  }

  @Test
  void wakesABlockedReaderWhenTheLogIsClosed() throws IOException {
    // Given: a container that is silent, as behind a broken connection
    PodLog.Attachment attached = attach();
    CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> read(attached));
    assertThat(reading).isNotDone();

    // When
    attached.close();

    // Then
    await().atMost(SOON).until(reading::isDone);
  }

  @Test
  void leaksNoConnectionWhenTheLogIsClosed() throws IOException {
    // Given: a log that is not read any further and never closed, to prove that leaks are detected
    leak();
    attach().close();

    // When
    await().atMost(SOON).until(this::leaksAreFound);

    // Then
    assertThat(leaks.messages).singleElement().asString().contains("was leaked");
  }

  /**
   * Whether OkHttp reports the leak. It checks for leaks among garbage-collected calls whenever it
   * opens a connection.
   */
  private boolean leaksAreFound() {
    // A thread that waits for a line holds its stream; another line ends the wait.
    kubelet.printOn();
    System.gc();
    Watch watch = client.configMaps().inNamespace(namespace).watch(new NoOpWatcher());
    watch.close();
    return !leaks.messages.isEmpty();
  }

  private void leak() throws IOException {
    client
        .pods()
        .inNamespace(namespace)
        .withName("load-0")
        .inContainer("worker")
        .watchLog()
        .getOutput()
        .readNBytes(FakeKubelet.LINE.length());
  }

  private PodLog.Attachment attach() throws IOException {
    PodLog.Attachment attached = log.attach(new PodLog.Source(namespace, "load-0", "worker"));
    byte[] first = attached.lines().readNBytes(FakeKubelet.LINE.length());
    assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo(FakeKubelet.LINE);
    return attached;
  }

  private static int read(PodLog.Attachment attached) {
    try {
      return attached.lines().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pod(String name) {
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNodeName(namespace)
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("worker")
                .withImage("example/worker:1")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private static final class NoOpWatcher implements Watcher<ConfigMap> {
    @Override
    public void eventReceived(Action action, ConfigMap resource) {}

    @Override
    public void onClose(WatcherException cause) {}
  }

  private static final class Leaks extends Handler {
    final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      messages.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
