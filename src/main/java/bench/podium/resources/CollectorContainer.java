package bench.podium.resources;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.domain.plan.RunPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sidecar in a target's pod that samples the target's resource usage. It is an ordinary
 * container and not a native sidecar, which would start before the target: so the target starts a
 * second earlier, and the kubelet immediately reports why the target does not start.
 */
final class CollectorContainer {

  private static final Quantity MEMORY = new Quantity("96Mi");

  private final RunPlan plan;
  private final CollectorSetup setup;

  CollectorContainer(RunPlan plan, CollectorSetup setup) {
    this.plan = plan;
    this.setup = setup;
  }

  Container container() {
    return new ContainerBuilder()
        .withName(TargetResources.COLLECTOR)
        .withImage(setup.image().image())
        .withImagePullPolicy(setup.image().pullPolicy())
        .withCommand("/app/collector")
        .withStdin(true)
        .addToEnv(AgentContainerDefaults.runUid(plan))
        .addToEnv(AgentContainerDefaults.podUid())
        .addNewEnv()
        .withName("PODIUM_SAMPLE_MILLIS")
        .withValue(Long.toString(setup.interval().toMillis()))
        .endEnv()
        .addNewEnv()
        .withName("PODIUM_SAMPLES_KEPT")
        .withValue(Integer.toString(setup.retainedSamples()))
        .endEnv()
        .withNewResources()
        .withRequests(new TreeMap<>(Map.of("cpu", new Quantity("10m"), "memory", MEMORY)))
        .withLimits(Map.of("memory", MEMORY))
        .endResources()
        .withSecurityContext(
            AgentContainerDefaults.restrictedSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(Bounds.COLLECTOR_USER_ID)
                .withRunAsGroup(Bounds.COLLECTOR_USER_ID)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build())
        .withVolumeMounts(CommandVolume.mount())
        .build();
  }
}
