package bench.podium.observation;

import bench.podium.resources.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** Pods as the API server returns them, reduced to the fields that matter. */
final class Pods {

  private Pods() {}

  /**
   * @param status in YAML
   */
  static Pod load(int index, String status) {
    Pod pod = pod("load-" + index, Labels.ROLE_WORKER, status);
    pod.getMetadata()
        .setAnnotations(
            Map.of("batch.kubernetes.io/job-completion-index", Integer.toString(index)));
    return pod;
  }

  static Pod target(String target, String status) {
    Pod pod = pod(target + "-pod", Labels.ROLE_TARGET, status);
    pod.getMetadata().setLabels(Map.of(Labels.ROLE, Labels.ROLE_TARGET, Labels.TARGET, target));
    return pod;
  }

  /**
   * A target's pod with a running container.
   *
   * @param ready whether the kubelet reports it as ready
   */
  static Pod running(String target, int restarts, String startedAt, boolean ready) {
    String isReady = ready ? "'True'" : "'False'";
    return target(
        target,
        """
        {phase: Running, conditions: [{type: ContainersReady, status: %s}, {type: Ready, status: %s}],
         containerStatuses: [{name: target, restartCount: %d, state: {running: {startedAt: '%s'}}}]}\
        """
            .formatted(isReady, isReady, restarts, startedAt));
  }

  static Pod annotated(Pod pod, Map<String, String> annotations) {
    pod.getMetadata().setAnnotations(annotations);
    return pod;
  }

  static Pod deleted(Pod pod, String at) {
    pod.getMetadata().setDeletionTimestamp(at);
    return pod;
  }

  private static Pod pod(String name, String role, String status) {
    Pod pod =
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, uid: uid-%s, creationTimestamp: "2026-01-01T00:00:00Z"}
            status: %s
            """
                .formatted(name, name, status),
            Pod.class);
    pod.getMetadata().setLabels(Map.of(Labels.ROLE, role));
    return pod;
  }
}
