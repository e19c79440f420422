package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.api.v1alpha1.Violation;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A LimitRange of the namespace gives each container a CPU limit that the engine reaches. */
class StarvedGeneratorE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final LimitRange LIMIT =
      new LimitRangeBuilder()
          .withNewMetadata()
          .withName("little-cpu")
          .withNamespace(RealCluster.NAMESPACE)
          .endMetadata()
          .withNewSpec()
          .addNewLimit()
          .withType("Container")
          .withDefault(Map.of("cpu", new Quantity("200m")))
          .withDefaultRequest(Map.of("cpu", new Quantity("25m")))
          .endLimit()
          .endSpec()
          .build();

  @BeforeEach
  void createLimit() {
    CLUSTER.client().resource(LIMIT).create();
    // The admission plugin sees the new object a moment later.
    await("the limit to be in effect")
        .atMost(Duration.ofSeconds(30))
        .until(StarvedGeneratorE2E::isLimited);
  }

  private static boolean isLimited() {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("probe")
            .withNamespace(RealCluster.NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("probe")
            .withImage("probe")
            .endContainer()
            .endSpec()
            .build();
    Pod admitted = CLUSTER.client().resource(pod).dryRun().create();
    ResourceRequirements resources = admitted.getSpec().getContainers().getFirst().getResources();
    return resources != null
        && resources.getLimits() != null
        && resources.getLimits().containsKey("cpu");
  }

  @AfterEach
  void deleteLimit() {
    CLUSTER.client().resource(LIMIT).delete();
  }

  @Test
  void isInconclusiveIfTheGeneratorIsThrottled() {
    // Given
    CLUSTER.apply("starved");

    // When
    BenchmarkRun run = CLUSTER.awaitFinished("starved", Duration.ofMinutes(2));

    // Then
    ResultRow row = RealCluster.row(run, "gin", "c16");
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.violations()).extracting(Violation::check).contains("GeneratorStarved");
    assertThat(row.warnings()).contains("SharedCores");
    assertThat(row.requests()).isPositive();
  }
}
