package bench.podium.controller;

import bench.podium.domain.plan.RunIdentity;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Which run a resource is. */
final class RunIdentities {

  private RunIdentities() {}

  static RunIdentity of(HasMetadata run) {
    return new RunIdentity(
        run.getMetadata().getNamespace(), run.getMetadata().getName(), run.getMetadata().getUid());
  }
}
