package bench.podium.resources;

import bench.podium.api.v1alpha1.DeploySpec;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.TargetPlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.TreeMap;

/**
 * The objects of a target: a Deployment with the user's container and the collector, and the
 * Service to which the load is sent.
 */
public final class TargetResources {

  /** Name of the user's container. */
  public static final String CONTAINER = "target";

  /** Name of the collector sidecar, whose log the operator reads. */
  public static final String COLLECTOR = "collector";

  /** Termination grace period of a target's pods; short, because the next target waits for it. */
  public static final long GRACE_SECONDS = 5;

  private final RunPlan plan;
  private final TargetPlan target;
  private final DeploySpec deploy;
  private final CollectorContainer collector;

  public TargetResources(
      RunPlan plan, TargetPlan target, DeploySpec deploy, CollectorSetup collector) {
    this.plan = plan;
    this.target = target;
    this.deploy = deploy;
    this.collector = new CollectorContainer(plan, collector);
  }

  public Service service() {
    return new ServiceBuilder()
        .withMetadata(Ownership.metadata(plan.run(), name(), Labels.ofTarget(plan, target.name())))
        .withNewSpec()
        .withSelector(Labels.selector(plan, target.name()))
        .addNewPort()
        .withName("load")
        .withPort(target.port())
        .withNewTargetPort(target.port())
        .withProtocol("TCP")
        .endPort()
        .endSpec()
        .build();
  }

  /**
   * The same Service, but also for pods that are not ready. This is not the initial setting,
   * because a target that crashed would get the rest of its load while it restarts.
   */
  public static Service publishingNotReadyAddresses(Service service) {
    return new ServiceBuilder(service)
        .editSpec()
        .withPublishNotReadyAddresses(true)
        .endSpec()
        .build();
  }

  public Deployment deployment() {
    return new DeploymentBuilder()
        .withMetadata(Ownership.metadata(plan.run(), name(), Labels.ofTarget(plan, target.name())))
        .withNewSpec()
        .withReplicas(deploy.replicas())
        .withNewSelector()
        .withMatchLabels(Labels.selector(plan, target.name()))
        .endSelector()
        .withNewStrategy()
        .withType("Recreate")
        .endStrategy()
        .withRevisionHistoryLimit(0)
        .withTemplate(TemplateOverlay.onTarget(template(), deploy.podTemplate()))
        .endSpec()
        .build();
  }

  private String name() {
    return Names.target(plan.run().name(), target.name());
  }

  private PodTemplateSpec template() {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.ofTarget(plan, target.name()))
        .withAnnotations(Ownership.DO_NOT_DISRUPT)
        .endMetadata()
        .withNewSpec()
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withImagePullSecrets(
            deploy.imagePullSecrets().stream().map(LocalObjectReference::new).toList())
        // The collector reads the target's processes.
        .withShareProcessNamespace(true)
        .withContainers(container(), collector.container())
        .withVolumes(CommandVolume.volume())
        .endSpec()
        .build();
  }

  private Container container() {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(deploy.image())
        .withArgs(deploy.args())
        .withEnv(
            deploy.env().stream()
                .map(variable -> new EnvVar(variable.name(), variable.value(), null))
                .toList())
        .addNewPort()
        .withName("load")
        .withContainerPort(target.port())
        .endPort()
        .withNewResources()
        .withRequests(new TreeMap<>(deploy.resources().requests()))
        .withLimits(new TreeMap<>(deploy.resources().limits()))
        .endResources()
        // Becomes ready quickly and stays ready long: a target that is overloaded on purpose must
        // not
        // be removed from its Service in mid-step.
        .withNewReadinessProbe()
        .withNewTcpSocket()
        .withNewPort(target.port())
        .endTcpSocket()
        .withPeriodSeconds(1)
        .withTimeoutSeconds(5)
        .withFailureThreshold(120)
        .endReadinessProbe()
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .endSecurityContext()
        .build();
  }
}
