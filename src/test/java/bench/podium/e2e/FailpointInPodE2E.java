package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.testing.InstalledOperator;
import bench.podium.testing.LoadAudit;
import bench.podium.testing.RealCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator is killed at an action in its own pod, and the kubelet restarts it. */
class FailpointInPodE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  @AfterAll
  static void restore() {
    new InstalledOperator(CLUSTER.client()).withoutFailpoint();
  }

  static List<FailpointCase> cases() {
    return FailpointCase.inPod();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void measuresAllStepsInOneAttempt(FailpointCase failpoint) {
    // Given
    CLUSTER.remove(failpoint.run());
    InstalledOperator operator = new InstalledOperator(CLUSTER.client());
    operator.withFailpoint(failpoint.failpoint());

    try (LoadAudit audit = CLUSTER.audit(failpoint.run())) {
      // When
      CLUSTER.apply(failpoint.run());
      BenchmarkRun finished = CLUSTER.awaitFinished(failpoint.run(), Duration.ofMinutes(2));

      // Then
      assertThat(RunOutcome.of(finished)).isEqualTo(RunOutcome.allMeasured(finished));
      audit.assertHolds(finished);
      assertThat(operator.containerRestarts()).isEqualTo(1);
    }
  }
}
