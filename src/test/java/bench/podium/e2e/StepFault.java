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

/** Faults of a step, injected so that the operator also reaches its rarer actions. */
enum StepFault {
  /** No fault. */
  NONE,

  /** Deletes a worker before it runs, so that no attempt can be scheduled yet. */
  WORKER_DELETED_BEFORE_START,

  /** Deletes a worker in mid-step. */
  WORKER_DELETED_IN_MID_STEP,

  /** Deletes the target's Service as soon as it exists. */
  SERVICE_DELETED,

  /** Suspends the run in mid-step and resumes it once its pods are gone. */
  RUN_SUSPENDED_IN_MID_STEP,

  /** Kills the collector in mid-step, which loses its samples; the kubelet restarts it. */
  COLLECTOR_KILLED_IN_MID_STEP;

  private static final String KILL_COLLECTOR =
      "for p in /proc/[0-9]*; do if grep -q CollectorMain $p/cmdline; then kill -9 ${p#/proc/}; fi; done";

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  /** After T0. */
  private static final Duration MID_STEP = Duration.ofMillis(500);

  /** Returns once the fault is injected. */
  void inject(RealCluster cluster, String run) {
    switch (this) {
      case NONE -> {}
      case WORKER_DELETED_BEFORE_START -> delete(cluster, awaitWorker(cluster, run));
      case WORKER_DELETED_IN_MID_STEP -> {
        awaitMidStep(cluster, run);
        delete(cluster, awaitWorker(cluster, run));
      }
      case SERVICE_DELETED -> deleteService(cluster, run);
      case COLLECTOR_KILLED_IN_MID_STEP -> {
        awaitMidStep(cluster, run);
        killCollector(cluster, run);
      }
      case RUN_SUSPENDED_IN_MID_STEP -> {
        awaitMidStep(cluster, run);
        cluster.patchSpec(run, "suspend", true);
        Awaitility.await("pods of " + run + " gone")
            .atMost(TIMEOUT)
            .until(() -> isSuspended(cluster, run) && cluster.pods(run).isEmpty());
        cluster.patchSpec(run, "suspend", false);
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

  /** Runs in the collector's own container, with the rights of its user. */
  private static void killCollector(RealCluster cluster, String run) {
    Pod target = cluster.pods(run, Labels.ROLE_TARGET).getFirst();
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

  /** Whether a pod may end without its final message. */
  boolean losesPods() {
    return switch (this) {
      case WORKER_DELETED_BEFORE_START, WORKER_DELETED_IN_MID_STEP, RUN_SUSPENDED_IN_MID_STEP ->
          true;
      case NONE, SERVICE_DELETED, COLLECTOR_KILLED_IN_MID_STEP -> false;
    };
  }

  static Pod awaitWorker(RealCluster cluster, String run) {
    return Awaitility.await("a worker of " + run)
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .until(() -> cluster.pods(run, Labels.ROLE_WORKER), pods -> !pods.isEmpty())
        .getFirst();
  }

  static void delete(RealCluster cluster, Pod pod) {
    cluster.client().resource(pod).withGracePeriod(0).delete();
  }

  /** Waits for some time after T0, in an attempt that was not aborted before. */
  static void awaitMidStep(RealCluster cluster, String run) {
    Awaitility.await("mid-step of " + run)
        .atMost(TIMEOUT)
        .pollInterval(POLL_INTERVAL)
        .until(
            () -> cluster.find(run).flatMap(StepFault::t0).filter(StepFault::hasBegun).isPresent());
  }

  private static boolean hasBegun(Instant t0) {
    return Instant.now().isAfter(t0.plus(MID_STEP));
  }

  private static Optional<Instant> t0(BenchmarkRun run) {
    return Optional.ofNullable(run.getStatus())
        .flatMap(status -> Optional.ofNullable(status.progress()))
        .flatMap(progress -> Optional.ofNullable(progress.attempt().startAt()))
        .map(Instant::parse);
  }
}
