package bench.podium.controller.cluster;

import bench.podium.domain.plan.RunIdentity;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Derives a {@link RunIdentity} from a resource's metadata. */
public final class RunIdentities {

  private RunIdentities() {}

  public static RunIdentity of(HasMetadata run) {
    return new RunIdentity(
        run.getMetadata().getNamespace(), run.getMetadata().getName(), run.getMetadata().getUid());
  }
}
