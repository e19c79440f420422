package bench.podium.observation;

import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.observation.WorkerReport;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;

/** Maps a worker's pod and its reports to an observation. */
final class WorkerMapper {

  private static final String INDEX = "batch.kubernetes.io/job-completion-index";

  private final LastCommandMapper lastCommand;

  WorkerMapper(LastCommandMapper lastCommand) {
    this.lastCommand = lastCommand;
  }

  WorkerObservation read(Pod pod, WorkerReport report) {
    Map<String, String> annotations = StatusTexts.orEmpty(pod.getMetadata().getAnnotations());
    return new WorkerObservation(
        index(annotations),
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        PodNode.of(pod).orElse(""),
        state(pod),
        report,
        lastCommand.read(pod));
  }

  private static int index(Map<String, String> annotations) {
    String text = annotations.getOrDefault(INDEX, "");
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
  }

  private static State state(Pod pod) {
    String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
    boolean ended = "Failed".equals(phase) || "Succeeded".equals(phase);
    if (ended || pod.getMetadata().getDeletionTimestamp() != null) {
      return new State.Lost(PodFailureReason.ofEnd(pod), !ended && areContainersRunning(pod));
    }
    return "Running".equals(phase) && areContainersRunning(pod)
        ? new State.Running()
        : new State.Starting(PodFailureReason.of(pod));
  }

  private static boolean areContainersRunning(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getContainerStatuses().stream()
            .map(ContainerStatus::getState)
            .allMatch(state -> state != null && state.getRunning() != null);
  }
}
