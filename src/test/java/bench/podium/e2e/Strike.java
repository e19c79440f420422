package bench.podium.e2e;

import bench.podium.resources.Labels;
import bench.podium.testing.Absence;
import bench.podium.testing.LocalCluster;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What befalls a run at some moment, whatever it is doing then. It may find nothing to strike. */
enum Strike {
  LOAD_POD_DELETED,
  TARGET_POD_DELETED,
  ALL_PODS_DELETED,
  LOAD_JOB_DELETED,
  TARGETS_DEPLOYMENT_DELETED,
  TARGETS_SERVICE_DELETED,
  API_SERVER_STOPPED,

  /** And asked to go on a moment later. */
  SUSPENDED,

  CANCELLED;

  private static final Duration STOPPED = Duration.ofSeconds(5);

  /** Whether a run may end otherwise than without it, though it has attempts left. */
  boolean ends() {
    return switch (this) {
      case CANCELLED, TARGETS_SERVICE_DELETED -> true;
      case LOAD_POD_DELETED,
          TARGET_POD_DELETED,
          ALL_PODS_DELETED,
          LOAD_JOB_DELETED,
          TARGETS_DEPLOYMENT_DELETED,
          API_SERVER_STOPPED,
          SUSPENDED ->
          false;
    };
  }

  void befall(RealCluster cluster, String run) {
    switch (this) {
      case LOAD_POD_DELETED -> delete(cluster, cluster.pods(run, Labels.LOAD).stream().limit(1));
      case TARGET_POD_DELETED -> delete(cluster, cluster.pods(run, Labels.SERVER).stream());
      case ALL_PODS_DELETED -> delete(cluster, cluster.pods(run).stream());
      case LOAD_JOB_DELETED -> delete(cluster, jobs(cluster, run).stream());
      case TARGETS_DEPLOYMENT_DELETED -> delete(cluster, deployments(cluster, run).stream());
      case TARGETS_SERVICE_DELETED -> delete(cluster, services(cluster, run).stream());
      case API_SERVER_STOPPED ->
          Absence.API_SERVER_STOPPED.last(
              STOPPED, LocalCluster.underTest(), cluster.client(), () -> {});
      case SUSPENDED -> {
        cluster.ask(run, "suspend", true);
        cluster.ask(run, "suspend", false);
      }
      case CANCELLED -> cluster.ask(run, "cancel", true);
    }
  }

  private static void delete(RealCluster cluster, Stream<? extends HasMetadata> objects) {
    objects.forEach(object -> cluster.client().resource(object).withGracePeriod(0).delete());
  }

  private static List<? extends HasMetadata> jobs(RealCluster cluster, String run) {
    return cluster
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(cluster.namespace())
        .withLabel(Labels.RUN, run)
        .list()
        .getItems();
  }

  private static List<? extends HasMetadata> deployments(RealCluster cluster, String run) {
    return cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(cluster.namespace())
        .withLabel(Labels.RUN, run)
        .list()
        .getItems();
  }

  private static List<? extends HasMetadata> services(RealCluster cluster, String run) {
    return cluster
        .client()
        .services()
        .inNamespace(cluster.namespace())
        .withLabel(Labels.RUN, run)
        .list()
        .getItems();
  }
}
