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

/** What a person or the cluster does to a run that is at work. */
enum RunFault {
  NONE,

  /** Once its first step is recorded, in its second. */
  CANCELLED,

  /** In its second step; it is asked to go on once its pods are gone. */
  SUSPENDED_FOR_A_WHILE,

  WORKER_DELETED,

  /** In its first step. */
  SERVICE_DELETED,

  /** The node takes pods again once nothing but that keeps the run from going on. */
  DRAINED_UNDER_THE_TARGET,

  /** The same. */
  DRAINED_UNDER_A_WORKER,

  A_FOREIGN_POD_APPEARS;

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final Duration INTO_THE_STEP = Duration.ofMillis(500);

  /**
   * Returns once it has happened.
   *
   * @return when: that is, since when the run can end as it should; empty: since its start
   */
  Optional<Instant> befall(RealCluster cluster, String run) {
    return switch (this) {
      case NONE -> Optional.empty();
      case CANCELLED -> {
        awaitStep(cluster, run, 2);
        cluster.ask(run, "cancel", true);
        yield Optional.of(Instant.now());
      }
      case SUSPENDED_FOR_A_WHILE -> {
        awaitStep(cluster, run, 2);
        cluster.ask(run, "suspend", true);
        cluster.awaitRun(
            run, "suspended", SOON, found -> found.getStatus().phase() == Phase.SUSPENDED);
        await("pods gone").atMost(SOON).until(() -> cluster.pods(run).isEmpty());
        cluster.ask(run, "suspend", false);
        yield Optional.of(Instant.now());
      }
      case WORKER_DELETED -> {
        awaitStep(cluster, run, 1);
        StepFault.delete(cluster, cluster.pods(run, Labels.WORKER).getFirst());
        yield Optional.of(Instant.now());
      }
      case SERVICE_DELETED -> {
        awaitStep(cluster, run, 1);
        StepFault.deleteService(cluster, run);
        yield Optional.of(Instant.now());
      }
      case DRAINED_UNDER_THE_TARGET -> Optional.of(drained(cluster, run, Labels.SERVER));
      case DRAINED_UNDER_A_WORKER -> Optional.of(drained(cluster, run, Labels.WORKER));
      case A_FOREIGN_POD_APPEARS -> {
        awaitStep(cluster, run, 1);
        cluster.client().resource(stranger(cluster, cluster.find(run).orElseThrow())).create();
        await("the pod to be counted")
            .atMost(SOON)
            .until(() -> new InstalledOperator(cluster.client()).log().contains(NOTE));
        yield Optional.empty();
      }
    };
  }

  /** Takes away what it has left. */
  void tidyUp(RealCluster cluster) {
    if (this == A_FOREIGN_POD_APPEARS) {
      cluster
          .client()
          .pods()
          .inNamespace(cluster.namespace())
          .withName(STRANGER)
          .withGracePeriod(0)
          .delete();
    }
  }

  private static final String STRANGER = "stranger";
  private static final String NOTE = STRANGER + " has the labels of run";

  /** As somebody might have copied a worker. */
  private static Pod stranger(RealCluster cluster, BenchmarkRun run) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(cluster.namespace())
        .withName(STRANGER)
        .withLabels(
            Map.of(
                Labels.RUN,
                run.getMetadata().getName(),
                Labels.RUN_UID,
                run.getMetadata().getUid(),
                Labels.ROLE,
                Labels.WORKER,
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
   * As by {@code kubectl drain}, and {@code kubectl uncordon} once another pod waits for a node.
   */
  private static Instant drained(RealCluster cluster, String run, String role) {
    awaitStep(cluster, run, 1);
    Pod pod = cluster.pods(run, role).getFirst();
    String node = pod.getSpec().getNodeName();
    takesPods(cluster, node, false);
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
      takesPods(cluster, node, true);
    }
    return Instant.now();
  }

  private static void takesPods(RealCluster cluster, String node, boolean takes) {
    cluster
        .client()
        .nodes()
        .withName(node)
        .edit(
            found -> {
              found.getSpec().setUnschedulable(!takes);
              return found;
            });
  }

  /** Well into it. */
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
        .map(progress -> Instant.parse(progress.attempt().startAt()).plus(INTO_THE_STEP))
        .filter(Instant.now()::isAfter)
        .isPresent();
  }
}
