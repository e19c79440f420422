package bench.podium.resources;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;

/** Whether a pod that bears a run's labels was made for it: labels can be put on any pod. */
public final class Origin {

  private Origin() {}

  /** Made by the Job or by the Deployment of which its labels speak. */
  public static boolean isOfItsRun(Pod pod) {
    Map<String, String> labels =
        Optional.ofNullable(pod.getMetadata().getLabels()).orElseGet(Map::of);
    String run = labels.getOrDefault(Labels.RUN, "");
    return switch (labels.getOrDefault(Labels.ROLE, "")) {
      case Labels.WORKER -> {
        String generation = labels.getOrDefault(Labels.GENERATION, "");
        yield generation.matches("\\d{1,9}")
            && isMadeBy(pod, "Job", Names.load(run, Integer.parseInt(generation)), "");
      }
      case Labels.SERVER ->
          isMadeBy(
              pod,
              "ReplicaSet",
              Names.target(run, labels.getOrDefault(Labels.TARGET, "")) + "-",
              "[a-z0-9]{1,16}");
      default -> false;
    };
  }

  private static boolean isMadeBy(Pod pod, String kind, String name, String suffix) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> kind.equals(owner.getKind()))
        .map(OwnerReference::getName)
        .anyMatch(
            owner -> owner.startsWith(name) && owner.substring(name.length()).matches(suffix));
  }
}
