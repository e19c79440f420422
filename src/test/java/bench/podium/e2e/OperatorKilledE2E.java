package bench.podium.e2e;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.RealCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run continues after the operator was killed in mid-step, and nothing is counted twice. */
class OperatorKilledE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  @Test
  void continuesTheRunWithoutRepeatingTheStep() {
    // Given
    CLUSTER.apply("killed");
    CLUSTER.awaitRun(
        "killed",
        "in mid-step",
        Duration.ofMinutes(1),
        each -> RealCluster.isLoadRunning(each, Duration.ofSeconds(2)));

    // When
    CLUSTER
        .client()
        .pods()
        .inNamespace(RealCluster.OPERATOR_NAMESPACE)
        .withLabel("app.kubernetes.io/name", "podium")
        .withGracePeriod(0)
        .delete();
    BenchmarkRun finished = CLUSTER.awaitFinished("killed", Duration.ofMinutes(2));

    // Then
    assertThat(finished).hasVerdict(Verdict.PASSED);
    assertThat(finished.getStatus().results())
        .extracting(row -> row.stage() + " in " + row.attempts())
        .containsExactly("one in 1", "two in 1");
    await("each event exactly once")
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(CLUSTER.events(finished))
                    .extracting(event -> event.replaceAll(": .*", ""))
                    .containsExactlyInAnyOrder(
                        "Normal Admitted",
                        "Normal TargetReady",
                        "Normal StepRecorded",
                        "Normal StepRecorded",
                        "Normal Finished"));
  }
}
