package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.api.v1alpha1.Violation;
import bench.podium.resources.Labels;
import bench.podium.resources.TargetResources;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container runtime rotates small log files and serves only the newest one, so that samples
 * written while no operator is running are lost. Collectors take samples at a short interval here,
 * so that their logs are full soon.
 */
class UnreadSamplesE2E {

  private static final String NAMESPACE = "podium-unread";
  private static final String SHORT_INTERVAL = "20ms";

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir Path folder;

  @Test
  void requestsSamplesAgainThatWereRotatedAway() {
    // When
    ResultRow row = rowAfterAnOperatorRestart(Map.of("PODIUM_COLLECTOR_INTERVAL", SHORT_INTERVAL));

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(row.usage().cpuMillicores()).isPositive();
  }

  @Test
  void isInconclusiveWithoutTheSamplesThatTheCollectorNoLongerRetains() {
    // When
    ResultRow row =
        rowAfterAnOperatorRestart(
            Map.of("PODIUM_COLLECTOR_INTERVAL", SHORT_INTERVAL, "PODIUM_COLLECTOR_KEPT", "10"));

    // Then
    assertThat(row.violations()).extracting(Violation::check).containsExactly("SamplesLost");
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.requests()).as("the measurement of the worker").isPositive();
    assertThat(row.usage()).isNull();
  }

  private ResultRow rowAfterAnOperatorRestart(Map<String, String> settings) {
    CLUSTER.remove("unread");
    try (OperatorProcess operator = new OperatorProcess(NAMESPACE, "", folder, settings)) {
      CLUSTER.apply("unread");
      CLUSTER.awaitRun(
          "unread",
          "in mid-step",
          Duration.ofMinutes(1),
          each -> RealCluster.isLoadRunning(each, Duration.ofSeconds(1)));
      long readUntil = lastSample();
      operator.stop();
      await("unread samples to be rotated away")
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> firstSample() > readUntil + 1);
      operator.startAgain();
      BenchmarkRun finished = CLUSTER.awaitFinished("unread", Duration.ofMinutes(2));
      assertThat(RealCluster.row(finished, "gin", "attached").verdict()).isEqualTo(Verdict.PASSED);
      return RealCluster.row(finished, "gin", "away");
    }
  }

  private static long firstSample() {
    return log()
        .lines()
        .mapToLong(UnreadSamplesE2E::index)
        .filter(index -> index >= 0)
        .findFirst()
        .orElse(-1);
  }

  private static long lastSample() {
    return log().lines().mapToLong(UnreadSamplesE2E::index).max().orElse(-1);
  }

  /** -1 for other lines and truncated ones. */
  private static long index(String line) {
    String number = line.replaceFirst(".*\"type\":\"sample\".*\"index\":(\\d+),.*", "$1");
    return number.matches("\\d+") ? Long.parseLong(number) : -1;
  }

  private static String log() {
    Pod target = CLUSTER.pods("unread", Labels.ROLE_TARGET).getFirst();
    return CLUSTER
        .client()
        .pods()
        .inNamespace(NAMESPACE)
        .withName(target.getMetadata().getName())
        .inContainer(TargetResources.COLLECTOR)
        .getLog();
  }
}
