package bench.podium.controller;

import bench.podium.api.v1alpha1.BenchmarkRun;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The runs that compete for the one place: those of all namespaces that this operator watches. */
final class WatchedRuns {

  private final KubernetesClient client;
  private final Collection<String> namespaces;
  private final Supplier<Stream<BenchmarkRun>> lastSeen;

  /**
   * @param namespaces empty: all
   * @param lastSeen the runs of all of them as they were last seen
   */
  WatchedRuns(
      KubernetesClient client,
      Collection<String> namespaces,
      Supplier<Stream<BenchmarkRun>> lastSeen) {
    this.client = client;
    this.namespaces = List.copyOf(namespaces);
    this.lastSeen = lastSeen;
  }

  /** At no cost to the API server. */
  Stream<BenchmarkRun> lastSeen() {
    return lastSeen.get();
  }

  /** Read live: what was seen could lag behind the last admission. */
  Stream<BenchmarkRun> read() {
    return namespaces.isEmpty()
        ? client.resources(BenchmarkRun.class).inAnyNamespace().list().getItems().stream()
        : namespaces.stream().flatMap(this::read);
  }

  /**
   * A namespace that may not be read (any more), since it is gone with its Role, say, does not hold
   * up the runs of the others; what was last seen of it still counts.
   */
  private Stream<BenchmarkRun> read(String namespace) {
    try {
      return client.resources(BenchmarkRun.class).inNamespace(namespace).list().getItems().stream();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      return lastSeen().filter(run -> run.getMetadata().getNamespace().equals(namespace));
    }
  }
}
