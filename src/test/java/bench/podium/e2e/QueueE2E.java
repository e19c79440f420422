package bench.podium.e2e;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.RealCluster;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One run at a time: another run waits in the queue. */
class QueueE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  @Test
  void startsTheSecondRunAfterTheFirstHasFinished() {
    // Given
    CLUSTER.remove("second");
    CLUSTER.apply("first");
    CLUSTER.awaitRun(
        "first", "admitted", Duration.ofSeconds(30), run -> RealCluster.isTrue(run, "Admitted"));

    // When
    CLUSTER.apply("second");
    BenchmarkRun queued =
        CLUSTER.awaitRun(
            "second",
            "queued",
            Duration.ofSeconds(30),
            run -> run.getStatus().phase() == Phase.QUEUED);
    BenchmarkRun second = CLUSTER.awaitFinished("second", Duration.ofMinutes(3));

    // Then
    BenchmarkRun first = CLUSTER.awaitFinished("first", Duration.ofSeconds(1));
    assertThat(queued).hasConditionReason("Admitted", "Queued");
    assertThat(Instant.parse(second.getStatus().startTime()))
        .isAfterOrEqualTo(Instant.parse(first.getStatus().completionTime()));
  }

  @Test
  void finishesACancelledQueuedRunAtOnce() {
    // Given
    CLUSTER.remove("second");
    CLUSTER.apply("first");
    CLUSTER.awaitRun(
        "first", "admitted", Duration.ofSeconds(30), run -> RealCluster.isTrue(run, "Admitted"));
    CLUSTER.apply("second");
    CLUSTER.awaitRun(
        "second", "queued", Duration.ofSeconds(30), run -> run.getStatus().phase() == Phase.QUEUED);

    // When
    CLUSTER.patchSpec("second", "cancel", true);
    BenchmarkRun second = CLUSTER.awaitFinished("second", Duration.ofSeconds(5));

    // Then
    assertThat(second).isFinishedWith("Cancelled");
    assertThat(second.getStatus().startTime()).isNull();
    BenchmarkRun first = CLUSTER.awaitFinished("first", Duration.ofMinutes(1));
    assertThat(first).hasVerdict(Verdict.PASSED);
    assertThat(Instant.parse(first.getStatus().completionTime()))
        .isAfter(Instant.parse(second.getStatus().completionTime()));
  }
}
