package bench.podium.e2e;

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
 * The container runtime keeps small log files, of which it serves the newest alone: what an
 * operator that was away has not read is gone from them.
 */
class LogRotationE2E {

  private static final String NAMESPACE = "podium-rotation";

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir Path folder;

  @Test
  void resultThatWasRotatedAwayWhileNobodyReadIsAskedForAgain() {
    try (OperatorProcess operator = new OperatorProcess(NAMESPACE, "", folder)) {
      // Given
      CLUSTER.apply("rotated");
      CLUSTER.awaitRun(
          "rotated",
          "in mid-step",
          Duration.ofMinutes(1),
          each -> RealCluster.loadIsOn(each, Duration.ofSeconds(1)));
      operator.stop();
      await("the results to be said, and to be gone from the logs")
          .atMost(Duration.ofMinutes(2))
          .until(() -> workers().stream().allMatch(LogRotationE2E::hasSaidAndLostItsResult));

      // When
      operator.startAgain();
      BenchmarkRun finished = CLUSTER.awaitFinished("rotated", Duration.ofMinutes(2));

      // Then
      assertThat(finished.getStatus().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(finished.getStatus().results())
          .extracting(row -> row.stage() + " in " + row.attempts())
          .containsExactly("away in 1", "attached in 1");
    }
  }

  /**
   * Lines are numbered: the file that is served begins after the result, whose number is 10 or so.
   */
  private static boolean hasSaidAndLostItsResult(Pod pod) {
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
    return CLUSTER.pods("rotated", Labels.WORKER);
  }
}
