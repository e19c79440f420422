package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.testing.LoadAudit;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two operators without a Lease lead the same run at the same time. */
class TwoOperatorsE2E {

  private static final String NAMESPACE = "podium-two";
  private static final String RUN = "crash";

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir Path folder;

  @RepeatedTest(2)
  void measuresAllStepsInOneAttempt() throws Exception {
    // Given
    CLUSTER.remove(RUN);
    Path one = Files.createDirectory(folder.resolve("one"));
    Path other = Files.createDirectory(folder.resolve("other"));
    try (LoadAudit audit = CLUSTER.audit(RUN);
        OperatorProcess first = new OperatorProcess(NAMESPACE, "", one);
        OperatorProcess second = new OperatorProcess(NAMESPACE, "", other)) {
      // When
      CLUSTER.apply(RUN);
      BenchmarkRun finished = CLUSTER.awaitFinished(RUN, Duration.ofMinutes(2));

      // Then
      assertThat(RunOutcome.of(finished)).isEqualTo(RunOutcome.allMeasured(finished));
      audit.assertHolds(finished);
      assertThat(first.starts() + second.starts()).as("starts of both").isEqualTo(2);
      assertThat(one.resolve("operator.log")).content().contains("run " + NAMESPACE + "/" + RUN);
      assertThat(other.resolve("operator.log")).content().contains("run " + NAMESPACE + "/" + RUN);
    }
  }
}
