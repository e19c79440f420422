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

/**
 * Faults of a run at a random time, whatever it is doing then. A fault has no effect if the object
 * that it affects does not exist at that time.
 */
enum RandomFault {
  /** Deletes a worker. */
  WORKER_DELETED,

  /** Deletes the pods of the targets. */
  TARGET_PODS_DELETED,

  /** Deletes all pods of the run. */
  ALL_PODS_DELETED,

  /** Deletes the Job of the workers. */
  JOB_DELETED,

  /** Deletes the Deployments of the targets. */
  DEPLOYMENT_DELETED,

  /** Deletes the Services of the targets. */
  SERVICE_DELETED,

  /** Pauses the API server for some seconds. */
  API_SERVER_PAUSED,

  /** Suspends the run and resumes it at once. */
  RUN_SUSPENDED,

  /** Cancels the run. */
  RUN_CANCELLED;

  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Whether the run may end differently because of it, although it has attempts left. */
  boolean mayChangeOutcome() {
    return switch (this) {
      case RUN_CANCELLED -> true;
      case WORKER_DELETED,
          TARGET_PODS_DELETED,
          ALL_PODS_DELETED,
          JOB_DELETED,
          DEPLOYMENT_DELETED,
          SERVICE_DELETED,
          API_SERVER_PAUSED,
          RUN_SUSPENDED ->
          false;
    };
  }

  /** Returns once the fault is injected, and ended if it is a temporary one. */
  void inject(RealCluster cluster, String run) {
    switch (this) {
      case WORKER_DELETED ->
          delete(cluster, cluster.pods(run, Labels.ROLE_WORKER).stream().limit(1));
      case TARGET_PODS_DELETED -> delete(cluster, cluster.pods(run, Labels.ROLE_TARGET).stream());
      case ALL_PODS_DELETED -> delete(cluster, cluster.pods(run).stream());
      case JOB_DELETED -> delete(cluster, Job.class, run);
      case DEPLOYMENT_DELETED -> delete(cluster, Deployment.class, run);
      case SERVICE_DELETED -> delete(cluster, Service.class, run);
      case API_SERVER_PAUSED ->
          ApiServerFault.API_SERVER_PAUSED.injectFor(
              PAUSE, LocalCluster.underTest(), cluster.client(), () -> {});
      case RUN_SUSPENDED -> {
        cluster.patchSpec(run, "suspend", true);
        cluster.patchSpec(run, "suspend", false);
      }
      case RUN_CANCELLED -> cluster.patchSpec(run, "cancel", true);
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
