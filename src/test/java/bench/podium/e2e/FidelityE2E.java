package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.testing.RealCluster;
import bench.podium.testing.StoredStep;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compares the metrics in the status with the output of the same wrk processes. */
class FidelityE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final double TENTH_OF_A_PERCENT = 0.001;

  @Test
  void reportsTheOutputOfOneWrkProcess() {
    // Given
    CLUSTER.apply("printed");

    // When
    BenchmarkRun run = CLUSTER.awaitFinished("printed", Duration.ofMinutes(2));

    // Then
    ResultRow row = RealCluster.row(run, "gin", "c32");
    List<JsonNode> workers =
        StoredStep.read(CLUSTER.client(), RealCluster.NAMESPACE, "printed", 0).workers();
    String printed = workers.getFirst().get("engineOutput").asText();
    assertThat(workers).hasSize(1);
    assertThat(row.requests()).isEqualTo((long) number(printed, "(\\d+) requests in"));
    assertThat((double) row.throughput())
        .isCloseTo(number(printed, "Requests/sec:\\s+([\\d.]+)"), share(row.throughput()));
    assertThat((double) row.correctedLatencyMicros().p50()).satisfies(printedAs(printed, "50%"));
    assertThat((double) row.correctedLatencyMicros().p90()).satisfies(printedAs(printed, "90%"));
    assertThat((double) row.correctedLatencyMicros().p99()).satisfies(printedAs(printed, "99%"));
  }

  @Test
  void reportsTheSumOfSeveralWrkProcesses() {
    // Given
    CLUSTER.apply("arrivals");

    // When
    BenchmarkRun run = CLUSTER.awaitFinished("arrivals", Duration.ofMinutes(2));

    // Then
    ResultRow row = RealCluster.row(run, "gin", "c4");
    List<String> printed =
        StoredStep.read(CLUSTER.client(), RealCluster.NAMESPACE, "arrivals", 0).workers().stream()
            .map(worker -> worker.get("engineOutput").asText())
            .toList();
    assertThat(printed).hasSize(4);
    assertThat(row.requests())
        .isEqualTo(
            printed.stream().mapToLong(each -> (long) number(each, "(\\d+) requests in")).sum());
    assertThat((double) row.throughput())
        .isCloseTo(
            printed.stream().mapToDouble(each -> number(each, "Requests/sec:\\s+([\\d.]+)")).sum(),
            share(row.throughput()));
  }

  private static org.assertj.core.data.Offset<Double> share(double value) {
    return within(value * TENTH_OF_A_PERCENT + 0.5);
  }

  /** wrk prints two decimals of its unit, so half of the last one is rounding. */
  private static java.util.function.Consumer<Double> printedAs(String printed, String percentile) {
    Matcher line = Pattern.compile("\\s" + percentile + "\\s+([\\d.]+)(us|ms|s)").matcher(printed);
    assertThat(line.find()).as("%s in %s", percentile, printed).isTrue();
    double unit =
        switch (line.group(2)) {
          case "us" -> 1;
          case "ms" -> 1_000;
          default -> 1_000_000;
        };
    double expected = Double.parseDouble(line.group(1)) * unit;
    return value ->
        assertThat(value)
            .isCloseTo(expected, within(expected * TENTH_OF_A_PERCENT + unit * 0.005 + 0.5));
  }

  private static double number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return Double.parseDouble(matcher.group(1));
  }
}
