package bench.podium.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkRunTest {

  @Test
  void hasNeitherSpecNorStatusUntilTheyAreSet() {
    // When
    BenchmarkRun run = new BenchmarkRun();

    // Then
    assertThat(run.getSpec()).isNull();
    assertThat(run.getStatus()).isNull();
    assertThat(Serialization.asJson(run)).doesNotContain("spec", "status");
  }

  @Test
  void readsBackWhatWasWritten() {
    // Given
    BenchmarkRun run = AdmissionCase.in("valid").toList().getLast().runs().getFirst();
    run.setStatus(status());

    // When
    BenchmarkRun read = Serialization.unmarshal(Serialization.asYaml(run), BenchmarkRun.class);

    // Then
    assertThat(read.getSpec()).isEqualTo(run.getSpec());
    assertThat(read.getStatus()).isEqualTo(run.getStatus());
  }

  @Test
  void writesZerosAndOmitsAbsentFields() {
    // Given
    BenchmarkRun run = new BenchmarkRun();
    run.setStatus(status());

    // When
    String json = Serialization.asJson(run);

    // Then
    assertThat(json)
        .contains("\"errors\":{\"connect\":0", "\"requests\":0", "\"verdict\":\"Passed\"")
        .doesNotContain("null", "ranking", "warnings", "completionTime");
  }

  private static BenchmarkRunStatus status() {
    LatencyMicros latency = new LatencyMicros(1, 2, 3, 4L, 5, 6, 7, List.of());
    ResultRow row =
        new ResultRow(
            "gin",
            "c64",
            0L,
            0L,
            0L,
            15_000L,
            0L,
            null,
            latency,
            null,
            new RequestErrors(0, 0, 0, 64, 0, 0),
            null,
            new StartStatus(0L, 0L),
            null,
            null,
            0,
            0,
            1,
            List.of(),
            "Measured",
            null,
            null,
            Verdict.PASSED);
    RunCondition condition =
        new RunCondition(
            "Finished", ConditionStatus.UNKNOWN, "NotYetKnown", "", "2026-01-01T00:00:00Z", 1L);
    return new BenchmarkRunStatus(
        1L,
        "2026-01-01T00:00:00Z",
        null,
        "2m",
        Phase.RUNNING,
        null,
        List.of(condition),
        null,
        new EnvironmentStatus("sha256:00"),
        List.of(),
        List.of(row),
        new DisplayStatus(null, null, null, "0/1"),
        null);
  }
}
