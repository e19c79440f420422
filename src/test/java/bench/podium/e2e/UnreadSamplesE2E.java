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
 * The container runtime keeps small log files, of which it serves the newest alone: samples that an
 * operator that was away has not read are gone from them. Collectors look often here, so that their
 * logs are soon full.
 */
class UnreadSamplesE2E {

  private static final String NAMESPACE = "podium-unread";
  private static final String OFTEN = "20ms";

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir Path folder;

  @Test
  void samplesThatWereRotatedAwayWhileNobodyReadAreAskedForAgain() {
    // When
    ResultRow row = rowOfAnOperatorThatWasAway(Map.of("PODIUM_COLLECTOR_INTERVAL", OFTEN));

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(row.usage().cpuMillicores()).isPositive();
  }

  @Test
  void samplesThatTheCollectorKeepsNoMoreAreLostAndTheRowIsNotTrusted() {
    // When
    ResultRow row =
        rowOfAnOperatorThatWasAway(
            Map.of("PODIUM_COLLECTOR_INTERVAL", OFTEN, "PODIUM_COLLECTOR_KEPT", "10"));

    // Then
    assertThat(row.violations()).extracting(Violation::check).containsExactly("SamplesLost");
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.requests()).as("what the worker measured stands").isPositive();
    assertThat(row.usage().cpuMillicores()).isNull();
  }

  private ResultRow rowOfAnOperatorThatWasAway(Map<String, String> settings) {
    CLUSTER.remove("unread");
    try (OperatorProcess operator = new OperatorProcess(NAMESPACE, "", folder, settings)) {
      CLUSTER.apply("unread");
      CLUSTER.awaitRun(
          "unread",
          "in mid-step",
          Duration.ofMinutes(1),
          each -> RealCluster.loadIsOn(each, Duration.ofSeconds(1)));
      long readUntil = lastSample();
      operator.stop();
      await("samples that nobody has read to be gone from the log")
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

  /** -1 for lines that are none, or cut. */
  private static long index(String line) {
    String number = line.replaceFirst(".*\"type\":\"sample\".*\"index\":(\\d+),.*", "$1");
    return number.matches("\\d+") ? Long.parseLong(number) : -1;
  }

  private static String log() {
    Pod target = CLUSTER.pods("unread", Labels.SERVER).getFirst();
    return CLUSTER
        .client()
        .pods()
        .inNamespace(NAMESPACE)
        .withName(target.getMetadata().getName())
        .inContainer(TargetResources.COLLECTOR)
        .getLog();
  }
}
