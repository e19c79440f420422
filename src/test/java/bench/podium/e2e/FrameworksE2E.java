package bench.podium.e2e;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.api.v1alpha1.RankedTarget;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.RealCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main use case: two frameworks, two stages, four workers. */
class FrameworksE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  @Test
  void measuresAndRanksTwoFrameworks() {
    // Given
    String run = "frameworks";

    // When
    CLUSTER.apply(run);
    BenchmarkRun finished = CLUSTER.awaitFinished(run, Duration.ofMinutes(3));

    // Then
    assertThat(finished).hasVerdict(Verdict.PASSED);
    assertThat(finished).hasCondition("Ready", ConditionStatus.TRUE);
    assertThat(finished).doesNotHaveTrueCondition("Stalled");
    assertThat(finished).hasConditionReason("Succeeded", "Passed");
    assertThat(finished.getStatus().results())
        .extracting(row -> row.target() + "/" + row.stage())
        .containsExactly("gin/c16", "gin/c64", "chi/c16", "chi/c64");
    assertThat(finished.getStatus().results()).allSatisfy(FrameworksE2E::isClean);
    assertThat(finished.getStatus().ranking())
        .extracting(RankedTarget::target)
        .containsExactlyInAnyOrder("gin", "chi");
    assertThat(finished.getStatus().ranking().getFirst().throughput())
        .isGreaterThanOrEqualTo(finished.getStatus().ranking().getLast().throughput());
    assertThat(finished.getStatus().display().step()).isEqualTo("4/4");
    await("pods of the run gone")
        .atMost(Duration.ofSeconds(30))
        .until(() -> CLUSTER.pods(run).isEmpty());
    assertThat(CLUSTER.events(finished))
        .as("events of a run without faults")
        .satisfiesExactly(
            event -> assertThat(event).startsWith("Normal Admitted: targets: 2, steps: 4"),
            event -> assertThat(event).isEqualTo("Normal TargetReady: target gin is ready"),
            event -> assertThat(event).startsWith("Normal StepRecorded: step 1 of 4, gin c16: "),
            event -> assertThat(event).startsWith("Normal StepRecorded: step 2 of 4, gin c64: "),
            event -> assertThat(event).isEqualTo("Normal TargetReady: target chi is ready"),
            event -> assertThat(event).startsWith("Normal StepRecorded: step 3 of 4, chi c16: "),
            event -> assertThat(event).startsWith("Normal StepRecorded: step 4 of 4, chi c64: "),
            event -> assertThat(event).startsWith("Normal Finished: Passed (Completed): "));
  }

  private static void isClean(ResultRow row) {
    assertThat(row.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(row.violations()).isEmpty();
    assertThat(row.reason()).isEqualTo("Measured");
    assertThat(row.throughput()).isPositive();
    assertThat(row.sent() - row.requests()).isBetween(0L, 64L);
    assertThat(row.durationMillis()).isBetween(2_900L, 4_500L);
    assertThat(row.errors().connect() + row.errors().read() + row.errors().write()).isZero();
    assertThat(row.errors().timeout() + row.errors().status()).isZero();
    assertThat(row.latencyMicros().p50()).isBetween(1L, row.latencyMicros().p99());
    assertThat(row.latencyMicros().p99()).isLessThanOrEqualTo(row.latencyMicros().max());
    assertThat(row.correctedLatencyMicros().p99())
        .isGreaterThanOrEqualTo(row.latencyMicros().p99());
  }
}
