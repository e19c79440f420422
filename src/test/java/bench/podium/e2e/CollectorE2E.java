package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.resources.Labels;
import bench.podium.testing.RealCluster;
import bench.podium.testing.StoredStep;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compares the samples of the collectors with the target's own metrics. */
class CollectorE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final String CPU = "process_cpu_seconds_total ";
  private static final String MEMORY = "process_resident_memory_bytes ";

  @Test
  void reportsTheResourceUsageOfTheTargetsOwnMetrics() throws IOException {
    // Given
    CLUSTER.apply("observed");

    // When
    BenchmarkRun run = CLUSTER.awaitFinished("observed", Duration.ofMinutes(2));

    // Then
    ResultRow row = RealCluster.row(run, "gin", "c32");
    StoredStep step = StoredStep.read(CLUSTER.client(), RealCluster.NAMESPACE, "observed", 0);
    assertThat(row.violations()).isEmpty();
    assertThat(step.replicas()).hasSize(2).allSatisfy(CollectorE2E::assertEachSecond);
    // The last sample may be a second before the end of the load, so only rates are comparable.
    double used = row.usage().cpuMillicores() / 1e3 * row.durationMillis() / 1e3;
    assertThat(used).isCloseTo(targetMetric(CPU), withPercentage(10));
    assertThat((double) row.usage().memoryMaxBytes())
        .isCloseTo(targetMetric(MEMORY), withPercentage(25));
    assertThat(row.usage().cpuMillicores()).isBetween(100L, 2000L);
    assertThat(row.usage().threadsMax()).isBetween(4, 80);
    assertThat((double) row.usage().requestsPerCpuSecond())
        .isCloseTo(row.throughput() * 1000.0 / row.usage().cpuMillicores(), withPercentage(1));
  }

  private static void assertEachSecond(JsonNode samples) {
    assertThat(samples.size()).isBetween(5, 7);
    for (int i = 1; i < samples.size(); i++) {
      assertThat(at(samples.get(i)) - at(samples.get(i - 1)))
          .isCloseTo(1_000_000L, withPercentage(60));
    }
  }

  private static long at(JsonNode sample) {
    return sample.get("takenEpochMicros").asLong();
  }

  /** The sum over both replicas. */
  private static double targetMetric(String series) throws IOException {
    double sum = 0;
    for (Pod pod : targets()) {
      sum += targetMetric(pod.getMetadata().getName(), series);
    }
    return sum;
  }

  private static double targetMetric(String pod, String series) throws IOException {
    try (LocalPortForward forward =
            CLUSTER
                .client()
                .pods()
                .inNamespace(RealCluster.NAMESPACE)
                .withName(pod)
                .portForward(8080);
        InputStream answer =
            URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/metrics")
                .toURL()
                .openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(series))
          .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
          .sum();
    }
  }

  private static List<Pod> targets() {
    return CLUSTER.pods("observed", Labels.ROLE_TARGET);
  }
}
