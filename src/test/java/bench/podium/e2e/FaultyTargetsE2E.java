package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.RealCluster;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a target does wrong is in its row, and in no other's. */
class FaultyTargetsE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static BenchmarkRun run;

  @BeforeAll
  static void runAll() {
    CLUSTER.apply("faulty");
    run = CLUSTER.awaitFinished("faulty", Duration.ofMinutes(5));
  }

  private static ResultRow row(String target) {
    return RealCluster.row(run, target, "c8");
  }

  @Test
  void targetThatHangsHasATimeoutForEachConnectionAndNoLatency() {
    // When
    ResultRow row = row("hang");

    // Then
    assertThat(row.requests()).isZero();
    assertThat(row.errors().timeout()).isEqualTo(8);
    assertThat(row.latencyMicros()).isNull();
    assertThat(row.brokenLaws()).isEmpty();
    assertThat(row.verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void targetThatClosesItsConnectionsHasReadErrors() {
    // When
    ResultRow row = row("close");

    // Then
    assertThat(row.requests()).isZero();
    assertThat(row.errors().read()).isPositive();
    assertThat(row.brokenLaws()).isEmpty();
    assertThat(row.verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void targetThatAnswers500HasAStatusErrorForEachRequest() {
    // When
    ResultRow row = row("status500");

    // Then
    assertThat(row.requests()).isPositive();
    assertThat(row.errors().status()).isEqualTo(row.requests());
    assertThat(row.latencyMicros()).isNotNull();
    assertThat(row.verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void targetThatDoesNotListenIsNotReadyAndGetsNoLoad() {
    // When
    ResultRow row = row("deaf");

    // Then
    assertThat(row.reason()).isEqualTo("TargetNotReady");
    assertThat(row.requests()).isNull();
    assertThat(row.message()).contains("port 8080");
    assertThat(row.verdict()).isEqualTo(Verdict.ERROR);
  }

  @Test
  void targetThatNeverAnswersIsNotReadyAndGetsNoLoad() {
    // When
    ResultRow row = row("mute");

    // Then
    assertThat(row.reason()).isEqualTo("TargetNotReady");
    assertThat(row.requests()).isNull();
    assertThat(row.message()).contains("/healthz");
    assertThat(row.verdict()).isEqualTo(Verdict.ERROR);
  }

  @Test
  void targetThatIsWellIsMeasuredAllTheSameAndRanksFirst() {
    // When
    ResultRow row = row("well");

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(run.getStatus().ranking().getFirst().target()).isEqualTo("well");
    assertThat(run.getStatus().ranking()).noneMatch(place -> place.target().equals("deaf"));
  }

  @Test
  void runEndsWithTheWorstVerdictAndNamesTheFirstTargetThatFailed() {
    // When
    Verdict verdict = run.getStatus().verdict();

    // Then
    assertThat(verdict).isEqualTo(Verdict.ERROR);
    assertThat(RealCluster.reason(run, "Finished")).isEqualTo("TargetsFailed");
    assertThat(RealCluster.reason(run, "TargetsReady")).isEqualTo("TargetNotReady");
    assertThat(RealCluster.holds(run, "Stalled")).isTrue();
  }
}
