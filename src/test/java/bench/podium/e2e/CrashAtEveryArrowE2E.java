package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator dies at an arrow, as by kill -9, and is started again: the run does not care. */
class CrashAtEveryArrowE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster("podium-crash");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before deploy-load",
        "within deploy-load",
        "within deploy-target",
        "after deploy-target",
        "after intend-step",
        "after arm-workers",
        "after note-armed",
        "before record-step",
        "within record-step",
        "after record-step",
        "after advance-step",
        "within remove-target",
        "after remove-target",
        "before finish-run",
        "after finish-run",
        "after say-finish",
        "after remove-load",
      })
  void runEndsAsIfTheOperatorHadLived(String failpoint) {
    try (OperatorProcess operator = new OperatorProcess("podium-crash", failpoint, folder)) {
      // Given
      CLUSTER.remove("crash");

      // When
      CLUSTER.apply("crash");
      BenchmarkRun finished = CLUSTER.awaitFinished("crash", Duration.ofMinutes(2));

      // Then
      assertThat(finished.getStatus().verdict()).isEqualTo(Verdict.PASSED);
      assertThat(finished.getStatus().results())
          .extracting(row -> row.target() + "/" + row.stage() + " in " + row.attempts())
          .containsExactly("gin/c8 in 1", "chi/c8 in 1");
      CLUSTER.awaitRun(
          "crash", "cleaned up", Duration.ofSeconds(30), run -> CLUSTER.pods("crash").isEmpty());
      await("each thing is told once, by whichever operator")
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(CLUSTER.events(finished))
                      .extracting(event -> event.replaceAll(": .*", ""))
                      .containsExactlyInAnyOrder(
                          "Normal Admitted",
                          "Normal TargetReady",
                          "Normal StepRecorded",
                          "Normal TargetReady",
                          "Normal StepRecorded",
                          "Normal Finished"));
      assertThat(operator.starts()).as("it died at the failpoint and came back").isEqualTo(2);
    }
  }
}
