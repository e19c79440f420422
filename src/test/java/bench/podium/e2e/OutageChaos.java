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

/** The API server goes away in every way, at every moment of a run, for up to two minutes. */
class OutageChaos {

  private static final String NAMESPACE = "podium-outage";

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} for {1} s {2}")
  @CsvSource({
    "API_SERVER_KILLED, 5, IN_MID_STEP",
    "API_SERVER_KILLED, 5, BETWEEN_STEPS",
    "API_SERVER_KILLED, 5, WHILE_THE_OPERATOR_STARTS",
    "API_SERVER_KILLED, 30, IN_MID_STEP",
    "API_SERVER_KILLED, 30, BETWEEN_STEPS",
    "API_SERVER_KILLED, 30, WHILE_THE_OPERATOR_STARTS",
    "API_SERVER_KILLED, 120, IN_MID_STEP",
    "API_SERVER_KILLED, 120, BETWEEN_STEPS",
    "API_SERVER_KILLED, 120, WHILE_THE_OPERATOR_STARTS",
    "API_SERVER_STOPPED, 30, IN_MID_STEP",
    "API_SERVER_STOPPED, 30, BETWEEN_STEPS",
    "API_SERVER_STOPPED, 30, WHILE_THE_OPERATOR_STARTS",
    "CUT_OFF, 5, IN_MID_STEP",
    "CUT_OFF, 30, BETWEEN_STEPS",
    "CUT_OFF, 30, WHILE_THE_OPERATOR_STARTS",
    "CUT_OFF, 120, IN_MID_STEP",
    "ETCD_KILLED, 30, IN_MID_STEP",
    "ETCD_KILLED, 30, BETWEEN_STEPS",
    "ETCD_KILLED, 30, WHILE_THE_OPERATOR_STARTS",
  })
  void runGoesOn(ApiServerFault absence, int seconds, ApiServerOutage.Moment moment) {
    // Given
    try (OperatorProcess operator = new OperatorProcess(NAMESPACE, "", folder)) {

      // When
      ApiServerOutage outage =
          ApiServerOutage.at(moment, absence, Duration.ofSeconds(seconds), CLUSTER, operator::kill);

      // Then
      System.out.printf(
          "%s for %d s %s: next action after %d ms, next T0 after %d ms%n",
          absence, seconds, moment, outage.pause().toMillis(), outage.untilNextStart().toMillis());
      outage.hasAllRowsAsIfNothingHadBeen();
      outage.wentOnInTime();
      outage.startedInTime();
    }
  }
}
