package bench.podium.e2e;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RankedTarget;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.RealCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fault of a target affects its own row only. */
class FaultyTargetsE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  @Test
  void measuresTheTargetsWithoutFaults() {
    // Given
    CLUSTER.apply("faulty");

    // When
    BenchmarkRun run = CLUSTER.awaitFinished("faulty", TIMEOUT);

    // Then
    assertThat(rows(run))
        .containsExactly(
            "well Measured PASSED",
            "no-image ImagePullFailed ERROR",
            "mute TargetNotReady ERROR",
            "crashing TargetRestarted INCONCLUSIVE",
            "slow Measured PASSED");
    assertThat(run.getStatus().ranking())
        .extracting(RankedTarget::target)
        .containsExactly("well", "slow");
    assertThat(run)
        .hasVerdict(Verdict.ERROR)
        .isFinishedWith("TargetsFailed")
        .hasConditionMessage(
            "Finished",
            "not measured: no-image, mute; restarted under load, so not measured: crashing")
        .hasConditionReason("TargetsReady", "ImagePullFailed");
    assertThat(RealCluster.row(run, "crashing", "c8").message())
        .contains("ended with code 1 at", "crashing as configured", "faulty-crash-0003-1");
    assertThat(crash("faulty-crash-0003-1"))
        .contains("target started", "crashing as configured", "\"exitCode\" : 1");
  }

  @Test
  void finishesWithTheFirstFailedTargetUnderStop() {
    // Given
    CLUSTER.apply(CLUSTER.read("faulty", "/spec/limits/onTargetFailure", "Stop"));

    // When
    BenchmarkRun run = CLUSTER.awaitFinished("faulty", TIMEOUT);

    // Then
    assertThat(rows(run)).containsExactly("well Measured PASSED", "no-image ImagePullFailed ERROR");
    assertThat(run).isFinishedWith("TargetsFailed");
  }

  private static String crash(String name) {
    return CLUSTER
        .client()
        .configMaps()
        .inNamespace(CLUSTER.namespace())
        .withName(name)
        .require()
        .getData()
        .get("crash.json");
  }

  private static List<String> rows(BenchmarkRun run) {
    return run.getStatus().results().stream()
        .map((ResultRow row) -> "%s %s %s".formatted(row.target(), row.reason(), row.verdict()))
        .toList();
  }
}
