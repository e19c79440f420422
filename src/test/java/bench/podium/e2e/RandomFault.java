package bench.podium.e2e;

import bench.podium.resources.Labels;
import bench.podium.testing.ApiServerFault;
import bench.podium.testing.LocalCluster;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.stream.Stream;

/** What befalls a run at some moment, whatever it is doing then. It may find nothing to strike. */
enum RandomFault {
  WORKER_DELETED,
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
      case CANCELLED -> true;
      case WORKER_DELETED,
          TARGET_POD_DELETED,
          ALL_PODS_DELETED,
          LOAD_JOB_DELETED,
          TARGETS_DEPLOYMENT_DELETED,
          TARGETS_SERVICE_DELETED,
          API_SERVER_STOPPED,
          SUSPENDED ->
          false;
    };
  }

  void befall(RealCluster cluster, String run) {
    switch (this) {
      case WORKER_DELETED -> delete(cluster, cluster.pods(run, Labels.WORKER).stream().limit(1));
      case TARGET_POD_DELETED -> delete(cluster, cluster.pods(run, Labels.SERVER).stream());
      case ALL_PODS_DELETED -> delete(cluster, cluster.pods(run).stream());
      case LOAD_JOB_DELETED -> delete(cluster, Job.class, run);
      case TARGETS_DEPLOYMENT_DELETED -> delete(cluster, Deployment.class, run);
      case TARGETS_SERVICE_DELETED -> delete(cluster, Service.class, run);
      case API_SERVER_STOPPED ->
          ApiServerFault.API_SERVER_STOPPED.last(
              STOPPED, LocalCluster.underTest(), cluster.client(), () -> {});
      case SUSPENDED -> {
        cluster.ask(run, "suspend", true);
        cluster.ask(run, "suspend", false);
      }
      case CANCELLED -> cluster.ask(run, "cancel", true);
    }
  }

  private static <T extends HasMetadata> void delete(
      RealCluster cluster, Class<T> kind, String run) {
    delete(
        cluster,
        cluster
            .client()
            .resources(kind)
            .inNamespace(cluster.namespace())
            .withLabel(Labels.RUN, run)
            .list()
            .getItems()
            .stream());
  }

  private static void delete(RealCluster cluster, Stream<? extends HasMetadata> objects) {
    objects.forEach(object -> cluster.client().resource(object).withGracePeriod(0).delete());
  }
}
