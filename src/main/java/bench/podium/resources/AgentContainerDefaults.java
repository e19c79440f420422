package bench.podium.resources;

import bench.podium.domain.plan.RunPlan;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/** What the containers of Podium's own programs have in common: who they are, and no rights. */
final class AgentContainerDefaults {

  private AgentContainerDefaults() {}

  static EnvVar runUid(RunPlan plan) {
    return new EnvVar("PODIUM_RUN_UID", plan.run().uid(), null);
  }

  static EnvVar podUid() {
    return new EnvVarBuilder()
        .withName("PODIUM_POD_UID")
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath("metadata.uid")
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  static SecurityContextBuilder confined() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities();
  }
}
