package bench.podium.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.DeploySpec;
import bench.podium.controller.run.ClusterActionsFixture;
import bench.podium.controller.run.StoredRuns;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.RunPlan;
import bench.podium.observation.RunObjects;
import bench.podium.observation.RunObjects.Refusal;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Restoring a target's Service, on a real API server. */
@ExtendWith(ApiServer.class)
class ClusterActionsIT {

  private final KubernetesClient client = ApiServer.client();
  private final StoredRuns runs = new StoredRuns();
  private final BenchmarkRun run = runs.create("shop");
  private final RunPlan plan = StoredRuns.plan(run);
  private final DeploySpec deploy = run.getSpec().targets().getFirst().deploy();
  private final ClusterActions actions = ClusterActionsFixture.actions();

  @Test
  void publishesUnreadyPodsOfAServiceThatRoutesToReadyPodsOnly() {
    // Given
    actions.createTarget(plan, "gin", deploy);
    Service before = service().orElseThrow();

    // When
    actions.restoreService(plan, "gin", deploy, observed(before));

    // Then
    Service after = service().orElseThrow();
    assertThat(before.getSpec().getPublishNotReadyAddresses()).isNotEqualTo(true);
    assertThat(after.getSpec().getPublishNotReadyAddresses()).isTrue();
    assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
    assertThat(after.getSpec().getClusterIP()).isEqualTo(before.getSpec().getClusterIP());
  }

  @Test
  void recreatesADeletedService() {
    // Given
    actions.createTarget(plan, "gin", deploy);
    client.resource(service().orElseThrow()).delete();

    // When
    actions.restoreService(plan, "gin", deploy, observed());

    // Then
    assertThat(service()).isPresent();
    assertThat(actions.refusals(plan.run().uid())).isEmpty();
  }

  @Test
  void leavesAServiceOfAnotherOwnerUnchanged() {
    // Given
    Service others =
        new ServiceBuilder()
            .withNewMetadata()
            .withName("shop-gin")
            .withNamespace(runs.namespace())
            .endMetadata()
            .withNewSpec()
            .addNewPort()
            .withPort(80)
            .endPort()
            .endSpec()
            .build();
    Service before = client.resource(others).create();

    // When
    actions.restoreService(plan, "gin", deploy, observed());

    // Then
    assertThat(service()).contains(before);
    assertThat(actions.refusals(plan.run().uid()))
        .extractingByKey("shop-gin")
        .extracting(Refusal::problem)
        .extracting(Problem::kind)
        .isEqualTo(Problem.Kind.NAME_TAKEN);
  }

  private Optional<Service> service() {
    return Optional.ofNullable(
        client.services().inNamespace(runs.namespace()).withName("shop-gin").get());
  }

  private static RunObjects observed(Service... services) {
    return new RunObjects(List.of(), List.of(), List.of(services), List.of(), Map.of());
  }
}
