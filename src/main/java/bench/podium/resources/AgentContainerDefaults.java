package bench.podium.resources;

import bench.podium.domain.plan.RunPlan;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/**
 * Settings shared by the worker and collector containers: identity and a minimal security context.
 */
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

  static SecurityContextBuilder restrictedSecurityContext() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities();
  }
}
