package bench.podium.resources;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.domain.plan.RunPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.TreeMap;

/**
 * The native sidecar of a target's pod: it starts before the target, ends after it, and is started
 * again by itself.
 */
final class ObserverContainer {

  /** Of the observer's program, and of nothing else. */
  static final long USER_ID = Bounds.OBSERVER_USER_ID;

  private static final Map<String, Quantity> MEMORY = Map.of("memory", new Quantity("96Mi"));

  private final RunPlan plan;
  private final WorkerImage image;
  private final Sampling sampling;

  ObserverContainer(RunPlan plan, WorkerImage image, Sampling sampling) {
    this.plan = plan;
    this.image = image;
    this.sampling = sampling;
  }

  Container container() {
    return new ContainerBuilder()
        .withName(TargetResources.OBSERVER)
        .withImage(image.image())
        .withImagePullPolicy(image.pullPolicy())
        .withRestartPolicy("Always")
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
        .withValue(Long.toString(sampling.interval().toMillis()))
        .endEnv()
        .addNewEnv()
        .withName("PODIUM_SAMPLES_KEPT")
        .withValue(Integer.toString(sampling.kept()))
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
