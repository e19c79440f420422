package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.testing.Absence;
import bench.podium.testing.LocalCluster;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.Outage;
import bench.podium.testing.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API server goes away in mid-step: nothing happens to the numbers, and the run goes on. */
class OutageE2E {

  private static final String NAMESPACE = "podium-outage";

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} for {1} s")
  @CsvSource({"API_SERVER_KILLED, 5", "API_SERVER_STOPPED, 5", "CUT_OFF, 30"})
  void runGoesOn(Absence absence, int seconds) {
    try (OperatorProcess operator = new OperatorProcess(NAMESPACE, "", folder)) {
      // Given
      CLUSTER.apply("outage");
      CLUSTER.awaitRun("outage", "in mid-step", Duration.ofMinutes(1), Outage::inMidStep);

      // When
      Instant back =
          absence.last(Duration.ofSeconds(seconds), LocalCluster.underTest(), CLUSTER.client());
      BenchmarkRun finished = CLUSTER.awaitFinished("outage", Duration.ofMinutes(2));

      // Then
      Outage outage = new Outage(finished, back, CLUSTER, NAMESPACE);
      System.out.printf(
          "%s for %d s: the run went on after %s%n", absence, seconds, outage.pause());
      outage.hasAllRowsAsIfNothingHadBeen();
      outage.wentOnInTime();
      assertThat(operator.starts()).as("no process ended for it").isEqualTo(1);
    }
  }
}
