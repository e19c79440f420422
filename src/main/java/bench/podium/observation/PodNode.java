package bench.podium.observation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Optional;

/** On which node a pod is. */
final class PodNode {

  private PodNode() {}

  /** Absent until it is scheduled. */
  static Optional<String> of(Pod pod) {
    return Optional.ofNullable(pod.getSpec()).map(PodSpec::getNodeName);
  }
}
