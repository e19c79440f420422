package bench.podium.e2e;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.resources.Labels;
import bench.podium.resources.TargetResources;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** What happens to a run beside the operator's death, so that its rarer actions are gone along. */
enum StepFault {
  NONE,

  /** Before it runs, so that no attempt can be scheduled yet. */
  WORKER_LOST_BEFORE_START,

  WORKER_LOST_IN_MID_STEP,

  /** As soon as it stands. */
  SERVICE_DELETED,

  /** In mid-step, and asked to go on as soon as its pods are gone. */
  SUSPENDED,

  /** With all that it has seen; it is started again. */
  COLLECTOR_KILLED_IN_MID_STEP;

  private static final String KILL_COLLECTOR =
      "for p in /proc/[0-9]*; do if grep -q CollectorMain $p/cmdline; then kill -9 ${p#/proc/}; fi; done";

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
  private static final Duration INTO_THE_STEP = Duration.ofMillis(500);

  /** Returns once it has happened. */
  void befall(RealCluster cluster, String run) {
    switch (this) {
      case NONE -> {}
      case WORKER_LOST_BEFORE_START -> delete(cluster, awaitWorker(cluster, run));
      case WORKER_LOST_IN_MID_STEP -> {
        awaitMidStep(cluster, run);
        delete(cluster, awaitWorker(cluster, run));
      }
      case SERVICE_DELETED -> deleteService(cluster, run);
      case COLLECTOR_KILLED_IN_MID_STEP -> {
        awaitMidStep(cluster, run);
        killCollector(cluster, run);
      }
      case SUSPENDED -> {
        awaitMidStep(cluster, run);
        cluster.ask(run, "suspend", true);
        Awaitility.await("pods of " + run + " gone")
            .atMost(TIMEOUT)
            .until(() -> isSuspended(cluster, run) && cluster.pods(run).isEmpty());
        cluster.ask(run, "suspend", false);
      }
    }
  }

  static void deleteService(RealCluster cluster, String run) {
    Awaitility.await("a Service of " + run)
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .until(
            () ->
                !cluster
                    .client()
                    .services()
                    .inNamespace(cluster.namespace())
                    .withLabel(Labels.RUN, run)
                    .delete()
                    .isEmpty());
  }

  /** From its own container, which has its user's rights and no more. */
  private static void killCollector(RealCluster cluster, String run) {
    Pod target = cluster.pods(run, Labels.SERVER).getFirst();
    try (ExecWatch killed =
        cluster
            .client()
            .pods()
            .inNamespace(target.getMetadata().getNamespace())
            .withName(target.getMetadata().getName())
            .inContainer(TargetResources.COLLECTOR)
            .writingOutput(OutputStream.nullOutputStream())
            .exec("sh", "-c", KILL_COLLECTOR)) {
      killed.exitCode().orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  private static boolean isSuspended(RealCluster cluster, String run) {
    return cluster
        .find(run)
        .filter(found -> found.getStatus().phase() == Phase.SUSPENDED)
        .isPresent();
  }

  /** Whether a pod may end without its last word. */
  boolean losesPods() {
    return switch (this) {
      case WORKER_LOST_BEFORE_START, WORKER_LOST_IN_MID_STEP, SUSPENDED -> true;
      case NONE, SERVICE_DELETED, COLLECTOR_KILLED_IN_MID_STEP -> false;
    };
  }

  static Pod awaitWorker(RealCluster cluster, String run) {
    return Awaitility.await("a worker of " + run)
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .until(() -> cluster.pods(run, Labels.WORKER), pods -> !pods.isEmpty())
        .getFirst();
  }

  static void delete(RealCluster cluster, Pod pod) {
    cluster.client().resource(pod).withGracePeriod(0).delete();
  }

  /** In an attempt that was not aborted before its T0. */
  static void awaitMidStep(RealCluster cluster, String run) {
    Awaitility.await("mid-step of " + run)
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .until(
            () -> cluster.find(run).flatMap(StepFault::t0).filter(StepFault::hasBegun).isPresent());
  }

  private static boolean hasBegun(Instant t0) {
    return Instant.now().isAfter(t0.plus(INTO_THE_STEP));
  }

  private static Optional<Instant> t0(BenchmarkRun run) {
    return Optional.ofNullable(run.getStatus())
        .flatMap(status -> Optional.ofNullable(status.progress()))
        .flatMap(progress -> Optional.ofNullable(progress.attempt().startAt()))
        .map(Instant::parse);
  }
}
