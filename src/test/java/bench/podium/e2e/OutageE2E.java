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

/** The API server fails in mid-step: the results are not affected, and the run continues. */
class OutageE2E {

  private static final String NAMESPACE = "podium-outage";

  @RegisterExtension static final RealCluster OWN = new RealCluster(NAMESPACE);
  @RegisterExtension static final RealCluster INSTALLED = new RealCluster();

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} for {1} s")
  @CsvSource({"API_SERVER_PAUSED, 5", "API_SERVER_KILLED, 20", "NETWORK_CUT, 30"})
  void continuesTheRunWithoutALease(ApiServerFault fault, int seconds) {
    // Given
    try (OperatorProcess operator = new OperatorProcess(NAMESPACE, "", folder)) {

      // When
      ApiServerOutage outage =
          ApiServerOutage.at(
              ApiServerOutage.Moment.IN_MID_STEP,
              fault,
              Duration.ofSeconds(seconds),
              OWN,
              operator::kill);

      // Then
      outage.assertAllRowsAreMeasuredInOneAttempt();
      outage.assertContinuedInTime();
      outage.assertNextStepStartedInTime();
      assertThat(operator.starts()).as("starts of the operator").isEqualTo(1);
    }
  }

  @Test
  void continuesTheRunAfterTheInstalledOperatorLostItsLease() {
    // Given
    InstalledOperator operator = new InstalledOperator(INSTALLED.client());
    operator.replacePod();

    // When
    ApiServerOutage outage =
        ApiServerOutage.at(
            ApiServerOutage.Moment.IN_MID_STEP,
            ApiServerFault.NETWORK_CUT,
            Duration.ofSeconds(30),
            INSTALLED,
            () -> {});

    // Then
    outage.assertAllRowsAreMeasuredInOneAttempt();
    outage.assertContinuedInTime();
    assertThat(operator.containerRestarts()).isEqualTo(1);
  }
}
