package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.testing.InstalledOperator;
import bench.podium.testing.RealCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cache made in an image's build still fits the files that a node unpacks from the image. */
class AheadOfTimeCacheE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  @Test
  void theOperatorsJvmTakesItsCache() {
    // Given
    InstalledOperator operator = new InstalledOperator(CLUSTER.client());
    operator.anew();

    // When
    String log = operator.log();

    // Then: a JVM that cannot use its cache says so before anything else, and starts without it
    assertThat(log).contains("started in").doesNotContain("[aot]");
  }
}
