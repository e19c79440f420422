package bench.podium.e2e;

import bench.podium.testing.ApiServerFault;
import bench.podium.testing.ApiServerOutage;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API server fails in each way, at each stage of a run, for up to two minutes. */
class OutageChaos {

  private static final String NAMESPACE = "podium-outage";

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} for {1} s {2}")
  @CsvSource({
    "API_SERVER_KILLED, 5, IN_MID_STEP",
    "API_SERVER_KILLED, 5, BETWEEN_STEPS",
    "API_SERVER_KILLED, 5, AT_OPERATOR_START",
    "API_SERVER_KILLED, 30, IN_MID_STEP",
    "API_SERVER_KILLED, 30, BETWEEN_STEPS",
    "API_SERVER_KILLED, 30, AT_OPERATOR_START",
    "API_SERVER_KILLED, 120, IN_MID_STEP",
    "API_SERVER_KILLED, 120, BETWEEN_STEPS",
    "API_SERVER_KILLED, 120, AT_OPERATOR_START",
    "API_SERVER_PAUSED, 30, IN_MID_STEP",
    "API_SERVER_PAUSED, 30, BETWEEN_STEPS",
    "API_SERVER_PAUSED, 30, AT_OPERATOR_START",
    "NETWORK_CUT, 5, IN_MID_STEP",
    "NETWORK_CUT, 30, BETWEEN_STEPS",
    "NETWORK_CUT, 30, AT_OPERATOR_START",
    "NETWORK_CUT, 120, IN_MID_STEP",
    "ETCD_KILLED, 30, IN_MID_STEP",
    "ETCD_KILLED, 30, BETWEEN_STEPS",
    "ETCD_KILLED, 30, AT_OPERATOR_START",
  })
  void continuesTheRun(ApiServerFault fault, int seconds, ApiServerOutage.Moment moment) {
    // Given
    try (OperatorProcess operator = new OperatorProcess(NAMESPACE, "", folder)) {

      // When
      ApiServerOutage outage =
          ApiServerOutage.at(moment, fault, Duration.ofSeconds(seconds), CLUSTER, operator::kill);

      // Then
      System.out.printf(
          "%s for %d s %s: next action after %d ms, next T0 after %d ms%n",
          fault,
          seconds,
          moment,
          outage.delayOfNextAction().toMillis(),
          outage.delayOfNextStart().toMillis());
      outage.assertAllRowsAreMeasuredInOneAttempt();
      outage.assertContinuedInTime();
      outage.assertNextStepStartedInTime();
    }
  }
}
