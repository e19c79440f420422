package bench.podium.observation;

import bench.podium.domain.observation.Problem;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Derives from a pod's status why it does not run. */
final class PodFailureReason {

  private static final Set<String> IMAGE_REASONS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");

  private PodFailureReason() {}

  /** Why a pod has not started; empty while no problem is known. */
  static Optional<Problem> of(Pod pod) {
    return Stream.concat(unschedulable(pod).stream(), statuses(pod).flatMap(PodFailureReason::of))
        .findFirst();
  }

  /** How a pod ended that will not run any more. */
  static Problem ofEnd(Pod pod) {
    String name = pod.getMetadata().getName();
    Optional<ContainerStateTerminated> end =
        statuses(pod)
            .flatMap(status -> Optional.ofNullable(status.getState().getTerminated()).stream())
            .findFirst();
    String how =
        end.map(ended -> ContainerTerminations.exit(pod, ended).text())
            .orElseGet(
                () ->
                    pod.getMetadata().getDeletionTimestamp() != null
                        ? "was deleted"
                        : pod.getStatus() == null ? "" : text(pod.getStatus().getReason()));
    boolean outOfMemory =
        end.filter(ended -> ContainerTerminations.exit(ended).outOfMemory()).isPresent();
    return new Problem(
        outOfMemory ? Problem.Kind.OOM_KILLED : Problem.Kind.NOT_ARMED, "pod " + name + " " + how);
  }

  private static Optional<Problem> unschedulable(Pod pod) {
    return Stream.ofNullable(pod.getStatus())
        .flatMap(status -> status.getConditions().stream())
        .filter(
            condition ->
                "PodScheduled".equals(condition.getType())
                    && "Unschedulable".equals(condition.getReason()))
        .map(condition -> new Problem(Problem.Kind.UNSCHEDULABLE, text(condition.getMessage())))
        .findFirst();
  }

  private static Stream<ContainerStatus> statuses(Pod pod) {
    return Stream.ofNullable(pod.getStatus())
        .flatMap(status -> status.getContainerStatuses().stream())
        .filter(status -> status.getState() != null);
  }

  private static Stream<Problem> of(ContainerStatus status) {
    return Optional.ofNullable(status.getState().getWaiting())
        .flatMap(waiting -> waiting(status, waiting))
        .or(
            () ->
                Optional.ofNullable(status.getState().getTerminated()).map(end -> of(status, end)))
        .stream();
  }

  /** The problem of a container that has terminated and will be restarted. */
  private static Problem of(ContainerStatus status, ContainerStateTerminated end) {
    return new Problem(
        kind(end), "container %s: %s".formatted(status.getName(), ended(status, end)));
  }

  private static Problem.Kind kind(ContainerStateTerminated end) {
    return ContainerTerminations.exit(end).outOfMemory()
        ? Problem.Kind.OOM_KILLED
        : Problem.Kind.NOT_READY;
  }

  private static String ended(ContainerStatus status, ContainerStateTerminated end) {
    return "%s, restarts: %d"
        .formatted(ContainerTerminations.exit(end).text(), status.getRestartCount());
  }

  private static Optional<Problem> waiting(ContainerStatus status, ContainerStateWaiting waiting) {
    String reason = text(waiting.getReason());
    Optional<ContainerStateTerminated> before =
        Optional.ofNullable(status.getLastState()).map(ContainerState::getTerminated);
    String message =
        "container %s: %s%s: %s"
            .formatted(
                status.getName(),
                reason,
                before.map(end -> " since it " + ended(status, end)).orElse(""),
                text(waiting.getMessage()));
    if (IMAGE_REASONS.contains(reason)) {
      return Optional.of(new Problem(Problem.Kind.IMAGE_PULL_FAILED, message));
    }
    boolean starting = reason.isEmpty() || reason.equals("ContainerCreating");
    return starting || reason.equals("PodInitializing")
        ? Optional.empty()
        : Optional.of(
            new Problem(before.map(end -> kind(end)).orElse(Problem.Kind.NOT_READY), message));
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }
}
