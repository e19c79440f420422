package bench.podium.e2e;

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
 * An operator with the rights of the chart and no others, of two namespaces: with one of them its
 * Role there goes, too.
 */
class LostNamespaceE2E {

  @RegisterExtension static final RealCluster KEPT = new RealCluster("podium-kept");

  private static final String LOST = "podium-lost";
  private static final String CHART = "podium";
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  @TempDir Path folder;

  private final RealCluster lost = new RealCluster(LOST);

  @BeforeEach
  void permit() {
    lost.beforeAll(null);
    permit(KEPT.namespace());
    permit(LOST);
  }

  @AfterEach
  void removeWhatIsLeft() {
    KEPT.remove("after");
    deleteLost();
    lost.afterAll(null);
  }

  @Test
  void holdsUpNoRunInTheOtherNamespace() {
    try (OperatorProcess operator = operator()) {
      // Given: nothing is written any more of a run that went with its namespace
      lost.apply("killed");
      StepFault.awaitMidStep(lost, "killed");
      deleteLost();

      // When
      BenchmarkRun after = finished();

      // Then
      assertThat(after.getStatus().verdict()).as(operator.log()).isEqualTo(Verdict.PASSED);
      assertThat(operator.starts()).isEqualTo(1);
    }
  }

  @Test
  void keepsNoOperatorFromItsWorkThatStarts() {
    // Given
    deleteLost();
    try (OperatorProcess operator = operator()) {
      // When
      BenchmarkRun after = finished();

      // Then
      assertThat(after.getStatus().verdict()).as(operator.log()).isEqualTo(Verdict.PASSED);
      assertThat(operator.starts()).isEqualTo(1);
      assertThat(operator.log()).containsOnlyOnce("cannot watch podium-lost");
    }
  }

  @Test
  void isWatchedOnceItIsThereWithItsRole() {
    // Given
    deleteLost();
    try (OperatorProcess operator = operator()) {
      await("the operator to miss it")
          .atMost(TIMEOUT)
          .until(() -> operator.log().contains("cannot watch podium-lost"));
      lost.beforeAll(null);
      permit(LOST);

      // When
      lost.apply("crash-one");

      // Then
      BenchmarkRun run = lost.awaitFinished("crash-one", TIMEOUT);
      assertThat(run.getStatus().verdict()).as(operator.log()).isEqualTo(Verdict.PASSED);
    }
  }

  private OperatorProcess operator() {
    String user = "system:serviceaccount:%s:%s".formatted(RealCluster.OPERATOR_NAMESPACE, CHART);
    return new OperatorProcess(
        KEPT.namespace() + "," + LOST, "", folder, Map.of("KUBERNETES_IMPERSONATE_USERNAME", user));
  }

  private BenchmarkRun finished() {
    KEPT.apply(KEPT.read("crash-one", Map.of("/metadata/name", "after")));
    return KEPT.awaitFinished("after", TIMEOUT);
  }

  private static void deleteLost() {
    KubernetesClient client = KEPT.client();
    client.namespaces().withName(LOST).delete();
    await("the namespace gone")
        .atMost(TIMEOUT)
        .until(() -> client.namespaces().withName(LOST).get() == null);
  }

  /** What the chart permits where it is installed, in this namespace, too. */
  private static void permit(String namespace) {
    KubernetesClient client = KEPT.client();
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
