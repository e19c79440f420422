package bench.podium.controller.cluster;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.status.RunSnapshot;
import bench.podium.status.StatusFactory;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/**
 * Writes a run's whole status with the resourceVersion from which it was computed: a status based
 * on outdated data causes a conflict, and the decision is made again.
 */
public final class StatusWriter {

  private final KubernetesClient client;
  private final StatusFactory factory;

  public StatusWriter(KubernetesClient client, StatusFactory factory) {
    this.client = client;
    this.factory = factory;
  }

  /** Reads the run from the API server; empty if it does not exist. */
  public Optional<BenchmarkRun> read(String namespace, String name) {
    return Optional.ofNullable(
        client.resources(BenchmarkRun.class).inNamespace(namespace).withName(name).get());
  }

  /**
   * Writes the status if it differs from the current one.
   *
   * @param live the run as it was read
   * @return the run as it is now stored
   */
  public BenchmarkRun write(BenchmarkRun live, RunSnapshot view) {
    Optional<BenchmarkRunStatus> before = Optional.ofNullable(live.getStatus());
    BenchmarkRunStatus after = factory.status(before, view);
    if (before.filter(after::equals).isPresent()) {
      return live;
    }
    BenchmarkRun changed = new BenchmarkRun();
    changed.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(live.getMetadata().getNamespace())
            .withName(live.getMetadata().getName())
            .withUid(live.getMetadata().getUid())
            .withResourceVersion(live.getMetadata().getResourceVersion())
            .build());
    changed.setSpec(live.getSpec());
    changed.setStatus(after);
    return client.resource(changed).updateStatus();
  }
}
