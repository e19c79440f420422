package bench.podium.controller;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.observe.LogEnd;
import bench.podium.observe.RunObjects;
import bench.podium.planning.PlanFactory;
import bench.podium.planning.PlanResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The logs of pods that were kept for a person, and have to go for another run. */
final class KeptLogs {

  /** Of each container, the last of it. */
  static final int END_BYTES = 256 * 1024;

  private final KubernetesClient client;
  private final StatusWriter status;
  private final ResultStore results;

  KeptLogs(KubernetesClient client, StatusWriter status, ResultStore results) {
    this.client = client;
    this.status = status;
    this.results = results;
  }

  /**
   * Puts their ends into the run's results. Where that is done already, what stands there stays.
   *
   * @return why not, where the API server turned it down
   */
  Optional<Trouble> keep(RunIdentity run, RunObjects objects) {
    return status
        .read(run.namespace(), run.name())
        .filter(whole -> whole.getMetadata().getUid().equals(run.uid()))
        .flatMap(KeptLogs::plan)
        .flatMap(plan -> results.recordLogs(plan, ends(objects)));
  }

  /** Of a run that this version does not understand there is nothing to keep. */
  private static Optional<RunPlan> plan(BenchmarkRun whole) {
    return PlanFactory.plan(whole) instanceof PlanResult.Planned(RunPlan plan)
        ? Optional.of(plan)
        : Optional.empty();
  }

  private Map<String, byte[]> ends(RunObjects objects) {
    Map<String, byte[]> ends = new TreeMap<>();
    for (Pod pod : objects.pods()) {
      for (Container container : pod.getSpec().getContainers()) {
        ends.put(
            pod.getMetadata().getName() + "." + container.getName(), end(pod, container.getName()));
      }
    }
    return ends;
  }

  /** That a log cannot be read, since its node is lost, say, is no reason to keep its pod. */
  private byte[] end(Pod pod, String container) {
    try (InputStream log =
        client
            .pods()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .inContainer(container)
            .getLogInputStream()) {
      return log == null ? new byte[0] : LogEnd.of(log, END_BYTES);
    } catch (KubernetesClientException | IOException e) {
      return ("the log could not be read: " + e.getMessage()).getBytes(StandardCharsets.UTF_8);
    }
  }
}
