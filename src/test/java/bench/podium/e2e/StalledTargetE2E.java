package bench.podium.e2e;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RankedTarget;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.RealCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A target that stops answering in mid-step fails despite its earlier replies. */
class StalledTargetE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  @Test
  void failsTargetsWithUnansweredConnections() {
    // Given
    CLUSTER.apply("stalled");

    // When
    BenchmarkRun run = CLUSTER.awaitFinished("stalled", TIMEOUT);

    // Then
    ResultRow well = RealCluster.row(run, "well", "c16");
    assertThat(well.verdict()).as(well.message()).isEqualTo(Verdict.PASSED);
    assertThat(well.errors().connectionTimeLostPermille()).isZero();
    assertThat(well.latencyMicros().atLeast()).isEmpty();
    assertThat(well.stability().spikePermille()).isZero();

    ResultRow freeze = RealCluster.row(run, "freeze", "c16");
    assertThat(freeze.verdict()).as(freeze.message()).isEqualTo(Verdict.FAILED);
    assertThat(freeze.message())
        .contains("TargetStalled: 16 of 16 connections had no reply in the last");
    assertThat(freeze.requests()).isEqualTo(20_000);
    assertThat(freeze.errors().timeout()).isEqualTo(16);
    assertThat(freeze.latencyMicros().max()).isGreaterThanOrEqualTo(1_000_000);
    assertThat(freeze.latencyMicros().atLeast()).contains("mean", "max").doesNotContain("p50");
    assertThat(freeze.stability().spikePermille()).isPositive();

    ResultRow few = RealCluster.row(run, "few", "c16");
    assertThat(few.verdict()).as(few.message()).isEqualTo(Verdict.FAILED);
    assertThat(few.message()).contains("TargetStalled: 10 of 16 connections had no reply");
    assertThat(few.errors().connectionTimeLostPermille()).isBetween(600, 640);

    ResultRow pause = RealCluster.row(run, "pause", "c16");
    assertThat(pause.verdict()).as(pause.message()).isEqualTo(Verdict.FAILED);
    assertThat(pause.errors().timeout()).isEqualTo(16);
    assertThat(pause.errors().connectionTimeLostPermille())
        .as("2 of 6 s, within the scan interval of 100 ms")
        .isBetween(310, 360);
    assertThat(pause.latencyMicros().max()).isGreaterThan(1_800_000);

    assertThat(run.getStatus().display().best()).isEqualTo("well");
    assertThat(run.getStatus().ranking()).extracting(RankedTarget::target).startsWith("well");
  }

  @Test
  void includesUnansweredRequestsOfAnOpenLoadInTheLatencies() {
    // Given: 450 of 1200 requests are answered
    CLUSTER.apply("frozen-open");

    // When
    BenchmarkRun run = CLUSTER.awaitFinished("frozen-open", TIMEOUT);

    // Then
    ResultRow row = RealCluster.row(run, "freeze", "r300");
    assertThat(row.verdict()).as(row.message()).isEqualTo(Verdict.FAILED);
    assertThat(row.sent()).isEqualTo(1200);
    assertThat(row.requests()).isEqualTo(450);
    assertThat(row.errors().timeout()).isEqualTo(750);
    assertThat(row.latencyMicros().p90()).isGreaterThanOrEqualTo(1_000_000);
    assertThat(row.latencyMicros().atLeast()).contains("p50", "p90", "p99", "max");
    assertThat(row.message())
        .contains("LatencyP90 1")
        .contains("LatencyMax is at least", "does not decide 30000000 us");
    assertThat(run).hasVerdict(Verdict.FAILED);
  }
}
