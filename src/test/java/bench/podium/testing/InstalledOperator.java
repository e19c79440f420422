package bench.podium.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operator installed by the chart, in its own pod. */
public final class InstalledOperator {

  private static final String NAME = "podium";
  private static final String FAILPOINT = "PODIUM_FAILPOINT_NAME";
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final KubernetesClient client;

  public InstalledOperator(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Sets a failpoint, and returns once a new pod is ready. The failpoint fires once in each pod.
   */
  public void withFailpoint(String failpoint) {
    roll(Optional.of(failpoint));
  }

  /** Removes the failpoint, and returns once a new pod is ready. */
  public void withoutFailpoint() {
    roll(Optional.empty());
  }

  /** Replaces the pod, because a container that ended before is restarted with a back-off. */
  public void replacePod() {
    String before = pods().getFirst().getMetadata().getUid();
    client.resource(pods().getFirst()).withGracePeriod(0).delete();
    await("another operator")
        .atMost(TIMEOUT)
        .until(
            () ->
                isRolledOut(deployment().get())
                    && pods().stream().noneMatch(pod -> pod.getMetadata().getUid().equals(before)));
  }

  private void roll(Optional<String> failpoint) {
    deployment()
        .edit(
            deployment -> {
              List<EnvVar> variables =
                  deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv();
              variables.removeIf(variable -> variable.getName().equals(FAILPOINT));
              failpoint.ifPresent(name -> variables.add(new EnvVar(FAILPOINT, name, null)));
              return deployment;
            });
    await("the operator rolled out")
        .atMost(TIMEOUT)
        .until(() -> isRolledOut(deployment().get()) && pods().size() == 1);
  }

  private RollableScalableResource<Deployment> deployment() {
    return client.apps().deployments().inNamespace(RealCluster.OPERATOR_NAMESPACE).withName(NAME);
  }

  private static boolean isRolledOut(Deployment deployment) {
    return deployment
            .getMetadata()
            .getGeneration()
            .equals(deployment.getStatus().getObservedGeneration())
        && Integer.valueOf(1).equals(deployment.getStatus().getUpdatedReplicas())
        && Integer.valueOf(1).equals(deployment.getStatus().getReadyReplicas());
  }

  /** Restarts of the container in the current pod. */
  public int containerRestarts() {
    return pods().getFirst().getStatus().getContainerStatuses().getFirst().getRestartCount();
  }

  /** The log of the container in the current pod. */
  public String log() {
    return client.pods().resource(pods().getFirst()).inContainer("operator").getLog();
  }

  private List<Pod> pods() {
    return client
        .pods()
        .inNamespace(RealCluster.OPERATOR_NAMESPACE)
        .withLabel("app.kubernetes.io/name", NAME)
        .list()
        .getItems();
  }
}
