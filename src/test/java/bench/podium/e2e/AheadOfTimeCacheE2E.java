package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.testing.InstalledOperator;
import bench.podium.testing.RealCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The AOT cache built into the image matches the files that a node unpacks from the image. */
class AheadOfTimeCacheE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  @Test
  void usesTheCacheInTheOperatorsPod() {
    // Given
    InstalledOperator operator = new InstalledOperator(CLUSTER.client());
    operator.replacePod();

    // When
    String log = operator.log();

    // Then: a JVM that cannot use its cache logs a warning and starts without it
    assertThat(log).contains("started in").doesNotContain("[aot]");
  }
}
