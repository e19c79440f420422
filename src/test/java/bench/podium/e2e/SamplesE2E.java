package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.AdmissionCase;
import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RankedTarget;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.RealCluster;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples of {@code deploy/samples}, with shorter steps. */
class SamplesE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  static Stream<AdmissionCase> samples() {
    return AdmissionCase.samples();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void measuresEveryTargetInEveryStage(AdmissionCase sample) {
    // Given
    BenchmarkRun run = shortened(sample);

    // When
    CLUSTER.apply(run);
    BenchmarkRun finished =
        CLUSTER.awaitFinished(run.getMetadata().getName(), Duration.ofMinutes(4));

    // Then
    int rows = run.getSpec().targets().size() * run.getSpec().load().stages().size();
    assertThat(finished.getStatus().results()).hasSize(rows);
    assertThat(finished.getStatus().results()).allSatisfy(SamplesE2E::isMeasured);
    assertThat(finished.getStatus().ranking())
        .as("targets with a trusted row")
        .extracting(RankedTarget::target)
        .containsOnlyOnceElementsOf(trusted(finished));
  }

  private static Set<String> trusted(BenchmarkRun run) {
    return run.getStatus().results().stream()
        .filter(row -> row.verdict() != Verdict.INCONCLUSIVE)
        .map(ResultRow::target)
        .collect(Collectors.toSet());
  }

  /** Steps of two seconds after a warm-up of one; allows a large start skew for busy machines. */
  private static BenchmarkRun shortened(AdmissionCase sample) {
    String text =
        sample
            .text()
            .replaceAll("(?m)^( {6}duration:) \\S+$", "$1 1s")
            .replaceAll("(?m)^( {8}duration:) \\S+$", "$1 2s")
            .replaceAll("(?m)^( {4}cooldown:) \\S+$", "$1 0s");
    return new AdmissionCase(sample.file(), text + "  limits: {maxStartSkew: 1s}\n")
        .runs()
        .getFirst();
  }

  private static void isMeasured(ResultRow row) {
    assertThat(row.reason()).as(row.target() + " " + row.stage()).isEqualTo("Measured");
    assertThat(row.requests()).isPositive();
    assertThat(row.latencyMicros().p99()).isPositive();
    assertThat(row.errors().connect() + row.errors().status()).isZero();
  }
}
