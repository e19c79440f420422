package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.testing.ApiServerFault;
import bench.podium.testing.ApiServerOutage;
import bench.podium.testing.InstalledOperator;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API server goes away in mid-step: nothing happens to the numbers, and the run goes on. */
class OutageE2E {

  private static final String NAMESPACE = "podium-outage";

  @RegisterExtension static final RealCluster OWN = new RealCluster(NAMESPACE);
  @RegisterExtension static final RealCluster INSTALLED = new RealCluster();

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} for {1} s")
  @CsvSource({"API_SERVER_STOPPED, 5", "API_SERVER_KILLED, 20", "CUT_OFF, 30"})
  void runOfAnOperatorWithoutALeaseGoesOn(ApiServerFault absence, int seconds) {
    // Given
    try (OperatorProcess operator = new OperatorProcess(NAMESPACE, "", folder)) {

      // When
      ApiServerOutage outage =
          ApiServerOutage.at(
              ApiServerOutage.Moment.IN_MID_STEP,
              absence,
              Duration.ofSeconds(seconds),
              OWN,
              operator::kill);

      // Then
      outage.hasAllRowsAsIfNothingHadBeen();
      outage.wentOnInTime();
      outage.startedInTime();
      assertThat(operator.starts()).as("no process ended for it").isEqualTo(1);
    }
  }

  @Test
  void operatorInItsPodLosesItsLeaseStartsAfreshAndGoesOn() {
    // Given
    InstalledOperator operator = new InstalledOperator(INSTALLED.client());
    operator.anew();

    // When
    ApiServerOutage outage =
        ApiServerOutage.at(
            ApiServerOutage.Moment.IN_MID_STEP,
            ApiServerFault.CUT_OFF,
            Duration.ofSeconds(30),
            INSTALLED,
            () -> {});

    // Then
    outage.hasAllRowsAsIfNothingHadBeen();
    outage.wentOnInTime();
    assertThat(operator.containerRestarts()).isEqualTo(1);
  }
}
