package bench.podium.e2e;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator with the chart's rights watches two namespaces, of which one is deleted together with
 * the operator's Role in it.
 */
class LostNamespaceE2E {

  @RegisterExtension static final RealCluster REMAINING = new RealCluster("podium-kept");

  private static final String LOST = "podium-lost";
  private static final String CHART = "podium";
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  @TempDir Path folder;

  private final RealCluster lost = new RealCluster(LOST);

  @BeforeEach
  void grantRights() {
    lost.beforeAll(null);
    grantRights(REMAINING.namespace());
    grantRights(LOST);
  }

  @AfterEach
  void cleanUp() {
    REMAINING.remove("after");
    deleteLost();
    lost.afterAll(null);
  }

  @Test
  void doesNotBlockRunsOfTheOtherNamespace() {
    try (OperatorProcess operator = operator()) {
      // Given: a run that is deleted with its namespace
      lost.apply("killed");
      StepFault.awaitMidStep(lost, "killed");
      deleteLost();

      // When
      BenchmarkRun after = runInTheOtherNamespace();

      // Then
      assertThat(after).as(operator.log()).hasVerdict(Verdict.PASSED);
      assertThat(operator.starts()).isEqualTo(1);
    }
  }

  @Test
  void doesNotBlockAnOperatorAtItsStart() {
    // Given
    deleteLost();
    try (OperatorProcess operator = operator()) {
      // When
      BenchmarkRun after = runInTheOtherNamespace();

      // Then
      assertThat(after).as(operator.log()).hasVerdict(Verdict.PASSED);
      assertThat(operator.starts()).isEqualTo(1);
      assertThat(operator.log()).containsOnlyOnce("cannot watch podium-lost");
    }
  }

  @Test
  void watchesTheNamespaceOnceItExistsAgainWithARole() {
    // Given
    deleteLost();
    try (OperatorProcess operator = operator()) {
      await("the operator to log the missing namespace")
          .atMost(TIMEOUT)
          .until(() -> operator.log().contains("cannot watch podium-lost"));
      lost.beforeAll(null);
      grantRights(LOST);

      // When
      lost.apply("crash-one");

      // Then
      BenchmarkRun run = lost.awaitFinished("crash-one", TIMEOUT);
      assertThat(run).as(operator.log()).hasVerdict(Verdict.PASSED);
    }
  }

  private OperatorProcess operator() {
    String user = "system:serviceaccount:%s:%s".formatted(RealCluster.OPERATOR_NAMESPACE, CHART);
    return new OperatorProcess(
        REMAINING.namespace() + "," + LOST,
        "",
        folder,
        Map.of("KUBERNETES_IMPERSONATE_USERNAME", user));
  }

  private BenchmarkRun runInTheOtherNamespace() {
    REMAINING.apply(REMAINING.read("crash-one", Map.of("/metadata/name", "after")));
    return REMAINING.awaitFinished("after", TIMEOUT);
  }

  private static void deleteLost() {
    KubernetesClient client = REMAINING.client();
    client.namespaces().withName(LOST).delete();
    await("the namespace gone")
        .atMost(TIMEOUT)
        .until(() -> client.namespaces().withName(LOST).get() == null);
  }

  /** Grants the rights of the chart in another namespace. */
  private static void grantRights(String namespace) {
    KubernetesClient client = REMAINING.client();
    Role installed =
        client.rbac().roles().inNamespace(RealCluster.NAMESPACE).withName(CHART).require();
    client
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName(CHART)
                .withNamespace(namespace)
                .endMetadata()
                .withRules(installed.getRules())
                .build())
        .serverSideApply();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(CHART)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", CHART)
                .addNewSubject("", "ServiceAccount", CHART, RealCluster.OPERATOR_NAMESPACE)
                .build())
        .serverSideApply();
  }
}
