package bench.podium.observation;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Optional;

/** Reads the name of a pod's node. */
final class PodNode {

  private PodNode() {}

  /** Empty until the pod is scheduled. */
  static Optional<String> of(Pod pod) {
    return Optional.ofNullable(pod.getSpec()).map(PodSpec::getNodeName);
  }
}
