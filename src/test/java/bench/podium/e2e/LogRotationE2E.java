package bench.podium.e2e;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.resources.Labels;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container runtime rotates small log files and serves only the newest one, so that messages
 * written while no operator is running are lost.
 */
class LogRotationE2E {

  private static final String NAMESPACE = "podium-rotation";

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir Path folder;

  @Test
  void requestsAResultAgainThatWasRotatedAway() {
    try (OperatorProcess operator = new OperatorProcess(NAMESPACE, "", folder)) {
      // Given
      CLUSTER.apply("rotated");
      CLUSTER.awaitRun(
          "rotated",
          "in mid-step",
          Duration.ofMinutes(1),
          each -> RealCluster.isLoadRunning(each, Duration.ofSeconds(1)));
      operator.stop();
      await("the results to be logged and rotated away")
          .atMost(Duration.ofMinutes(2))
          .until(() -> workers().stream().allMatch(LogRotationE2E::hasRotatedItsResultAway));

      // When
      operator.startAgain();
      BenchmarkRun finished = CLUSTER.awaitFinished("rotated", Duration.ofMinutes(2));

      // Then
      assertThat(finished).hasVerdict(Verdict.PASSED);
      assertThat(finished.getStatus().results())
          .extracting(row -> row.stage() + " in " + row.attempts())
          .containsExactly("away in 1", "attached in 1");
    }
  }

  /** The served log file begins after the result. */
  private static boolean hasRotatedItsResultAway(Pod pod) {
    String log =
        CLUSTER
            .client()
            .pods()
            .inNamespace(NAMESPACE)
            .withName(pod.getMetadata().getName())
            .getLog();
    return log.contains("\"type\":\"alive\"")
        && !log.contains("\"type\":\"started\"")
        && !log.contains("\"type\":\"armed\"")
        && !log.contains("\"type\":\"result\"");
  }

  private static List<Pod> workers() {
    return CLUSTER.pods("rotated", Labels.ROLE_WORKER);
  }
}
