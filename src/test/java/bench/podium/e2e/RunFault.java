package bench.podium.e2e;

import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.resources.Labels;
import bench.podium.testing.InstalledOperator;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Faults of a running run, caused by a user or by the cluster. */
enum RunFault {
  /** No fault. */
  NONE,

  /** Cancels the run in its second step. */
  RUN_CANCELLED,

  /** Suspends the run in its second step and resumes it once its pods are gone. */
  RUN_SUSPENDED,

  /** Deletes a worker in the first step. */
  WORKER_DELETED,

  /** Deletes the target's Service in the first step. */
  SERVICE_DELETED,

  /** Drains the target's node in the first step; uncordons it once another pod needs it. */
  TARGET_NODE_DRAINED,

  /** Drains a worker's node in the first step; uncordons it once another pod needs it. */
  WORKER_NODE_DRAINED,

  /** Creates a pod with the run's labels in the first step. */
  FOREIGN_POD_CREATED;

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  /** After T0. */
  private static final Duration MID_STEP = Duration.ofMillis(500);

  /**
   * Returns once the fault is injected, and ended if it is a temporary one.
   *
   * @return the time from which the run can end as expected; empty for its start
   */
  Optional<Instant> inject(RealCluster cluster, String run) {
    return switch (this) {
      case NONE -> Optional.empty();
      case RUN_CANCELLED -> {
        awaitStep(cluster, run, 2);
        cluster.patchSpec(run, "cancel", true);
        yield Optional.of(Instant.now());
      }
      case RUN_SUSPENDED -> {
        awaitStep(cluster, run, 2);
        cluster.patchSpec(run, "suspend", true);
        cluster.awaitRun(
            run, "suspended", SOON, found -> found.getStatus().phase() == Phase.SUSPENDED);
        await("pods gone").atMost(SOON).until(() -> cluster.pods(run).isEmpty());
        cluster.patchSpec(run, "suspend", false);
        yield Optional.of(Instant.now());
      }
      case WORKER_DELETED -> {
        awaitStep(cluster, run, 1);
        StepFault.delete(cluster, cluster.pods(run, Labels.ROLE_WORKER).getFirst());
        yield Optional.of(Instant.now());
      }
      case SERVICE_DELETED -> {
        awaitStep(cluster, run, 1);
        StepFault.deleteService(cluster, run);
        yield Optional.of(Instant.now());
      }
      case TARGET_NODE_DRAINED -> Optional.of(drain(cluster, run, Labels.ROLE_TARGET));
      case WORKER_NODE_DRAINED -> Optional.of(drain(cluster, run, Labels.ROLE_WORKER));
      case FOREIGN_POD_CREATED -> {
        awaitStep(cluster, run, 1);
        cluster.client().resource(foreignPod(cluster, cluster.find(run).orElseThrow())).create();
        await("the operator to log the pod")
            .atMost(SOON)
            .until(() -> new InstalledOperator(cluster.client()).log().contains(LOG_LINE));
        yield Optional.empty();
      }
    };
  }

  /** Removes what the fault left; may be called more than once. */
  void undo(RealCluster cluster) {
    if (this == FOREIGN_POD_CREATED) {
      cluster
          .client()
          .pods()
          .inNamespace(cluster.namespace())
          .withName(FOREIGN_POD)
          .withGracePeriod(0)
          .delete();
    }
  }

  private static final String FOREIGN_POD = "stranger";
  private static final String LOG_LINE = FOREIGN_POD + " has the labels of run";

  /** A pod that was made from a copy of a worker's labels. */
  private static Pod foreignPod(RealCluster cluster, BenchmarkRun run) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(cluster.namespace())
        .withName(FOREIGN_POD)
        .withLabels(
            Map.of(
                Labels.RUN,
                run.getMetadata().getName(),
                Labels.RUN_UID,
                run.getMetadata().getUid(),
                Labels.ROLE,
                Labels.ROLE_WORKER,
                Labels.GENERATION,
                "1"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("worker")
        .withImage("podium/target-faulty:1")
        .endContainer()
        .endSpec()
        .build();
  }

  /**
   * Does what {@code kubectl drain} does, and {@code kubectl uncordon} once another pod waits for a
   * node.
   *
   * @return when the node was uncordoned
   */
  private static Instant drain(RealCluster cluster, String run, String role) {
    awaitStep(cluster, run, 1);
    Pod pod = cluster.pods(run, role).getFirst();
    String node = pod.getSpec().getNodeName();
    setSchedulable(cluster, node, false);
    try {
      cluster.client().pods().resource(pod).evict();
      await("another pod that waits for a node")
          .atMost(TIMEOUT)
          .pollInterval(POLL_INTERVAL)
          .until(
              () ->
                  cluster.pods(run, role).stream()
                      .anyMatch(each -> each.getSpec().getNodeName() == null));
    } finally {
      setSchedulable(cluster, node, true);
    }
    return Instant.now();
  }

  private static void setSchedulable(RealCluster cluster, String node, boolean schedulable) {
    cluster
        .client()
        .nodes()
        .withName(node)
        .edit(
            found -> {
              found.getSpec().setUnschedulable(!schedulable);
              return found;
            });
  }

  /** Waits for some time after T0 of this step. */
  private static void awaitStep(RealCluster cluster, String run, int step) {
    await("step " + step + " of " + run)
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .until(() -> cluster.find(run).filter(found -> isIn(found, step)).isPresent());
  }

  private static boolean isIn(BenchmarkRun run, int step) {
    return Optional.ofNullable(run.getStatus())
        .flatMap(status -> Optional.ofNullable(status.progress()))
        .filter(progress -> progress.step() == step && progress.attempt().startAt() != null)
        .map(progress -> Instant.parse(progress.attempt().startAt()).plus(MID_STEP))
        .filter(Instant.now()::isAfter)
        .isPresent();
  }
}
