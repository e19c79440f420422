package bench.podium.resources;

import bench.podium.api.v1alpha1.LoadTemplateSpec;
import bench.podium.api.v1alpha1.ResourcesSpec;
import bench.podium.api.v1alpha1.SeccompProfile;
import bench.podium.api.v1alpha1.SecurityContextSpec;
import bench.podium.api.v1alpha1.TargetTemplateSpec;
import bench.podium.api.v1alpha1.TolerationSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Applies the pod settings of a spec to a pod template. Podium's own labels and commands cannot be
 * overridden.
 */
final class TemplateOverlay {

  private TemplateOverlay() {}

  /** The security context applies to the target's container only, except for {@code fsGroup}. */
  static PodTemplateSpec onTarget(PodTemplateSpec base, TargetTemplateSpec template) {
    PodTemplateSpecBuilder pods = new PodTemplateSpecBuilder(base);
    addMetadata(pods, template.labels(), template.annotations());
    setScheduling(pods, template.nodeSelector(), template.tolerations());
    SecurityContextSpec security = template.securityContext();
    if (security.fsGroup() != null) {
      pods.editSpec()
          .editOrNewSecurityContext()
          .withFsGroup(security.fsGroup())
          .endSecurityContext()
          .endSpec();
    }
    changeContainer(
        pods, TargetResources.CONTAINER, container -> setSecurityContext(container, security));
    return pods.build();
  }

  static PodTemplateSpec onWorkers(PodTemplateSpec base, LoadTemplateSpec template) {
    PodTemplateSpecBuilder pods = new PodTemplateSpecBuilder(base);
    addMetadata(pods, template.labels(), template.annotations());
    setScheduling(pods, template.nodeSelector(), template.tolerations());
    changeContainer(
        pods,
        WorkerResources.CONTAINER,
        container -> setResources(container, template.resources()));
    return pods.build();
  }

  private static void addMetadata(
      PodTemplateSpecBuilder pods, Map<String, String> labels, Map<String, String> annotations) {
    Map<String, String> allLabels = new TreeMap<>(labels);
    allLabels.putAll(pods.buildMetadata().getLabels());
    Map<String, String> allAnnotations = new TreeMap<>(pods.buildMetadata().getAnnotations());
    allAnnotations.putAll(annotations);
    pods.editMetadata().withLabels(allLabels).withAnnotations(allAnnotations).endMetadata();
  }

  private static void setScheduling(
      PodTemplateSpecBuilder pods,
      Map<String, String> nodeSelector,
      List<TolerationSpec> tolerations) {
    pods.editSpec()
        .withNodeSelector(new TreeMap<>(nodeSelector))
        .withTolerations(tolerations.stream().map(TemplateOverlay::toleration).toList())
        .endSpec();
  }

  private static Toleration toleration(TolerationSpec spec) {
    TolerationBuilder toleration =
        new TolerationBuilder().withKey(spec.key()).withValue(spec.value());
    toleration.withOperator(
        switch (spec.operator()) {
          case EQUAL -> "Equal";
          case EXISTS -> "Exists";
        });
    if (spec.effect() != null) {
      toleration.withEffect(
          switch (spec.effect()) {
            case NO_SCHEDULE -> "NoSchedule";
            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
            case NO_EXECUTE -> "NoExecute";
          });
    }
    return toleration.build();
  }

  private static void changeContainer(
      PodTemplateSpecBuilder pods, String name, UnaryOperator<Container> change) {
    List<Container> containers =
        pods.buildSpec().getContainers().stream()
            .map(
                container -> container.getName().equals(name) ? change.apply(container) : container)
            .toList();
    pods.editSpec().withContainers(containers).endSpec();
  }

  private static Container setSecurityContext(Container container, SecurityContextSpec security) {
    ContainerBuilder secured = new ContainerBuilder(container);
    var context =
        secured
            .editOrNewSecurityContext()
            .withRunAsUser(security.runAsUser())
            .withRunAsGroup(security.runAsGroup())
            .withRunAsNonRoot(security.runAsNonRoot())
            .withReadOnlyRootFilesystem(security.readOnlyRootFilesystem());
    if (!security.dropCapabilities().isEmpty()) {
      context.withNewCapabilities().withDrop(security.dropCapabilities()).endCapabilities();
    }
    if (security.seccompProfile() == SeccompProfile.RUNTIME_DEFAULT) {
      context.withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile();
    }
    context.endSecurityContext();
    return secured.build();
  }

  /**
   * Replaces request and limit of a resource together: a request of one side with a limit of the
   * other could exceed the limit.
   */
  private static Container setResources(Container container, ResourcesSpec resources) {
    Set<String> named = new HashSet<>(resources.requests().keySet());
    named.addAll(resources.limits().keySet());
    Map<String, Quantity> requests = new TreeMap<>(container.getResources().getRequests());
    Map<String, Quantity> limits = new TreeMap<>(container.getResources().getLimits());
    requests.keySet().removeAll(named);
    limits.keySet().removeAll(named);
    requests.putAll(resources.requests());
    limits.putAll(resources.limits());
    return new ContainerBuilder(container)
        .editResources()
        .withRequests(requests)
        .withLimits(limits)
        .endResources()
        .build();
  }
}
