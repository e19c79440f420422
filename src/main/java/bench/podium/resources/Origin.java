package bench.podium.resources;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;

/** Checks whether a pod with a run's labels belongs to the run: anyone can set labels on a pod. */
public final class Origin {

  private Origin() {}

  /** Whether the pod is controlled by the Job or the Deployment that its labels name. */
  public static boolean isOfItsRun(Pod pod) {
    Map<String, String> labels =
        Optional.ofNullable(pod.getMetadata().getLabels()).orElseGet(Map::of);
    String run = labels.getOrDefault(Labels.RUN, "");
    return switch (labels.getOrDefault(Labels.ROLE, "")) {
      case Labels.ROLE_WORKER, Labels.ROLE_WORKER_OF_EARLIER_VERSIONS -> {
        String generation = labels.getOrDefault(Labels.GENERATION, "");
        yield generation.matches("\\d{1,9}")
            && isControlledBy(pod, "Job", Names.workersJob(run, Integer.parseInt(generation)), "");
      }
      case Labels.ROLE_TARGET ->
          isControlledBy(
              pod,
              "ReplicaSet",
              Names.target(run, labels.getOrDefault(Labels.TARGET, "")) + "-",
              "[a-z0-9]{1,16}");
      default -> false;
    };
  }

  private static boolean isControlledBy(Pod pod, String kind, String name, String suffix) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> kind.equals(owner.getKind()))
        .map(OwnerReference::getName)
        .anyMatch(
            owner -> owner.startsWith(name) && owner.substring(name.length()).matches(suffix));
  }
}
