package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.resources.Labels;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A deleted run leaves no objects, in whatever phase it was. */
class DeletedRunE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final String OTHER_NAMESPACE = "podium-short-lived";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration REMOVAL_TIMEOUT = Duration.ofSeconds(15);

  /** Twice the maximum retry interval of 5 s, and some more. */
  private static final Duration QUIET = Duration.ofSeconds(11);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"QUEUED", "PREPARING", "RUNNING", "SUSPENDED", "FINISHED"})
  void leavesNoObjects(Phase phase) {
    // Given
    if (phase == Phase.QUEUED) {
      CLUSTER.apply("first");
      // Two runs created in the same second are ordered by name.
      CLUSTER.awaitRun("first", "admitted", TIMEOUT, each -> each.getStatus().startTime() != null);
    }
    CLUSTER.apply(CLUSTER.read("crash-one", "/spec/cleanup/pods", "Never"));
    if (phase == Phase.SUSPENDED) {
      StepFault.awaitMidStep(CLUSTER, "crash-one");
      CLUSTER.patchSpec("crash-one", "suspend", true);
    }
    BenchmarkRun found =
        CLUSTER.awaitRun(
            "crash-one", phase.name(), TIMEOUT, each -> each.getStatus().phase() == phase);

    // When
    CLUSTER.client().resource(found).delete();

    // Then
    await("objects of the run gone")
        .atMost(REMOVAL_TIMEOUT)
        .untilAsserted(() -> assertThat(objects(CLUSTER.client(), found)).isEmpty());
    CLUSTER.remove("first");
  }

  @Test
  void logsNoErrorsAfterTheNamespaceIsDeleted() throws Exception {
    // Given
    RealCluster other = new RealCluster(OTHER_NAMESPACE);
    other.beforeAll(null);
    try (OperatorProcess operator = new OperatorProcess(OTHER_NAMESPACE, "", folder)) {
      other.apply("killed");
      StepFault.awaitMidStep(other, "killed");

      // When
      other.client().namespaces().withName(OTHER_NAMESPACE).delete();

      // Then
      await("the namespace gone")
          .atMost(TIMEOUT)
          .until(() -> other.client().namespaces().withName(OTHER_NAMESPACE).get() == null);
      int before = errors(operator);
      await("the operator to have had time for more errors")
          .pollDelay(QUIET)
          .atMost(QUIET.plusSeconds(5))
          .until(() -> true);
      assertThat(errors(operator) - before).as(operator.log()).isZero();
      assertThat(operator.starts()).isEqualTo(1);
    } finally {
      other.afterAll(null);
    }
  }

  private static int errors(OperatorProcess operator) {
    return (int)
        operator.log().lines().filter(line -> line.matches(".*\\b(ERROR|WARN)\\b.*")).count();
  }

  private static List<String> objects(KubernetesClient client, BenchmarkRun run) {
    String uid = run.getMetadata().getUid();
    return Stream.of(
            client.pods().inNamespace(RealCluster.NAMESPACE).withLabel(Labels.RUN_UID, uid).list(),
            client
                .services()
                .inNamespace(RealCluster.NAMESPACE)
                .withLabel(Labels.RUN_UID, uid)
                .list(),
            client
                .configMaps()
                .inNamespace(RealCluster.NAMESPACE)
                .withLabel(Labels.RUN_UID, uid)
                .list(),
            client
                .apps()
                .deployments()
                .inNamespace(RealCluster.NAMESPACE)
                .withLabel(Labels.RUN_UID, uid)
                .list(),
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(RealCluster.NAMESPACE)
                .withLabel(Labels.RUN_UID, uid)
                .list())
        .flatMap(list -> list.getItems().stream())
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .toList();
  }
}
