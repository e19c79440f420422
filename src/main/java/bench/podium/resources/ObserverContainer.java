package bench.podium.resources;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.domain.plan.RunPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sidecar of a target's pod. It stands beside the target's container and not before it as a
 * native sidecar would: the target starts a second sooner, and the kubelet says at once why it does
 * not.
 */
final class ObserverContainer {

  /** Of the observer's program, and of nothing else. */
  static final long USER_ID = Bounds.OBSERVER_USER_ID;

  private static final Map<String, Quantity> MEMORY = Map.of("memory", new Quantity("96Mi"));

  private final RunPlan plan;
  private final ObserverSetup setup;

  ObserverContainer(RunPlan plan, ObserverSetup setup) {
    this.plan = plan;
    this.setup = setup;
  }

  Container container() {
    return new ContainerBuilder()
        .withName(TargetResources.OBSERVER)
        .withImage(setup.image().image())
        .withImagePullPolicy(setup.image().pullPolicy())
        .withCommand("/app/observer")
        .addNewEnv()
        .withName("PODIUM_RUN_UID")
        .withValue(plan.run().uid())
        .endEnv()
        .addNewEnv()
        .withName("PODIUM_POD_UID")
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath("metadata.uid")
        .endFieldRef()
        .endValueFrom()
        .endEnv()
        .addNewEnv()
        .withName("PODIUM_SAMPLE_MILLIS")
        .withValue(Long.toString(setup.interval().toMillis()))
        .endEnv()
        .addNewEnv()
        .withName("PODIUM_SAMPLES_KEPT")
        .withValue(Integer.toString(setup.kept()))
        .endEnv()
        .withNewResources()
        .withRequests(
            new TreeMap<>(Map.of("cpu", new Quantity("10m"), "memory", MEMORY.get("memory"))))
        .withLimits(MEMORY)
        .endResources()
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER_ID)
        .withRunAsGroup(USER_ID)
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withVolumeMounts(CommandVolume.mount())
        .build();
  }
}
