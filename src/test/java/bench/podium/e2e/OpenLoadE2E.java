package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Violation;
import bench.podium.testing.LoadAudit;
import bench.podium.testing.RealCluster;
import bench.podium.testing.StoredStep;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Open loads, and probes of closed loads. */
class OpenLoadE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @Test
  void countsEachScheduledRequestOfAnOpenLoad() {
    CLUSTER.remove("open");
    try (LoadAudit audit = CLUSTER.audit("open")) {
      // Given
      CLUSTER.apply("open");

      // When
      BenchmarkRun run = CLUSTER.awaitFinished("open", TIMEOUT);

      // Then
      ResultRow steady = RealCluster.row(run, "gin", "steady");
      assertThat(steady.sent()).isEqualTo(1200);
      assertThat(steady.requests()).isEqualTo(1200);
      assertThat(steady.intendedRate()).isEqualTo(300);
      assertThat(steady.throughput()).isBetween(285L, 300L);
      ResultRow ramp = RealCluster.row(run, "gin", "ramp");
      assertThat(ramp.sent()).isEqualTo(660);
      assertThat(ramp.intendedRate()).isEqualTo(165);
      assertThat(run.getStatus().results()).allSatisfy(OpenLoadE2E::hasMetricsOfAnOpenLoad);
      assertThat(printed("open", 0)).allSatisfy(text -> assertThat(text).contains("Latencies"));
      audit.assertHolds(run);
    }
  }

  private static void hasMetricsOfAnOpenLoad(ResultRow row) {
    assertThat(row.violations())
        .as("a generator may wait for a core on a busy machine")
        .extracting(Violation::check)
        .isSubsetOf("GeneratorStarved");
    assertThat(row.generator().sendDelayMicros()).isNotNegative();
    assertThat(row.stability().p99JitterMicros()).isNotNegative();
    assertThat(row.stability().spikePermille()).isBetween(0, 1000);
    assertThat(row.latencyMicros().p50()).isPositive();
    assertThat(row.correctedLatencyMicros()).isNull();
    assertThat(row.generator().connectionUtilizationPermille()).isNull();
  }

  private static List<String> printed(String run, int step) {
    return StoredStep.read(CLUSTER.client(), RealCluster.NAMESPACE, run, step).workers().stream()
        .map(worker -> worker.get("engineOutput").asText())
        .toList();
  }

  @Test
  void reportsLatenciesBySecondOfAProbe() {
    CLUSTER.remove("probed");
    try (LoadAudit audit = CLUSTER.audit("probed")) {
      // Given
      CLUSTER.apply("probed");

      // When
      BenchmarkRun run = CLUSTER.awaitFinished("probed", TIMEOUT);

      // Then
      ResultRow probed = RealCluster.row(run, "gin", "c16");
      assertThat(probed.stability().p99JitterMicros()).isNotNegative();
      assertThat(probed.stability().spikePermille()).isBetween(0, 1000);
      assertThat(probed.intendedRate()).isNull();
      ResultRow plain = RealCluster.row(run, "gin", "plain");
      assertThat(plain.stability().p99JitterMicros()).isNull();
      assertThat(plain.stability().spikePermille()).as("seconds without a reply").isZero();
      JsonNode seconds = seconds("probed", 0);
      assertThat(seconds).hasSize(4);
      assertThat(seconds).allSatisfy(each -> assertThat(each.get("count").asLong()).isEqualTo(100));
      assertThat(seconds("probed", 1)).isEmpty();
      audit.assertHolds(run);
    }
  }

  private static JsonNode seconds(String run, int step) {
    return StoredStep.read(CLUSTER.client(), RealCluster.NAMESPACE, run, step).seconds();
  }
}
