package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.testing.LoadAudit;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator is killed at an action, as by kill -9, and started again: the outcome of the run is
 * the same as without the kill.
 */
class CrashAtEveryActionE2E {

  private static final String NAMESPACE = "podium-crash";
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  /** Outcomes without a kill, by run and fault. */
  private static final Map<List<Object>, RunOutcome> WITHOUT_KILL = new HashMap<>();

  /** Set by {@code -Dpodium.failpoints=REGEX} to run some cases only. */
  private static final String SELECTED = System.getProperty("podium.failpoints", ".*");

  /** Parent of the directories with the operators' logs. */
  private static final Path FOLDERS = Path.of("target", "operators");

  static List<FailpointCase> cases() {
    return FailpointCase.all().stream().filter(each -> each.toString().matches(SELECTED)).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheOutcomeOfARunWithoutAKill(FailpointCase failpoint) {
    // Given
    RunOutcome withoutKill =
        WITHOUT_KILL.computeIfAbsent(
            List.of(failpoint.run(), failpoint.fault()), key -> outcome("", 0, failpoint));

    // When
    RunOutcome outcome = outcome(failpoint.failpoints(), failpoint.kills(), failpoint);

    // Then
    assertThat(outcome).isEqualTo(withoutKill);
  }

  /**
   * Runs to the end and audits the load.
   *
   * @param failpoints empty for none
   * @param kills expected number of kills
   */
  private static RunOutcome outcome(String failpoints, int kills, FailpointCase of) {
    CLUSTER.remove(of.run());
    try (LoadAudit audit = CLUSTER.audit(of.run());
        OperatorProcess operator = new OperatorProcess(NAMESPACE, failpoints, folder())) {
      CLUSTER.apply(of.run());
      of.fault().inject(CLUSTER, of.run());
      BenchmarkRun finished = CLUSTER.awaitFinished(of.run(), TIMEOUT);
      if (of.losesPods()) {
        audit.assertHoldsWithLostPods(finished);
      } else {
        audit.assertHolds(finished);
      }
      assertThat(operator.starts()).as("starts of the operator").isEqualTo(1 + kills);
      assertEventsAreEmittedOnce(finished);
      return RunOutcome.of(finished);
    }
  }

  /** Each event is emitted exactly once, whichever operator process emits it. */
  private static void assertEventsAreEmittedOnce(BenchmarkRun finished) {
    long measured =
        finished.getStatus().results().stream().filter(row -> row.requests() != null).count();
    await("events of the run")
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(CLUSTER.events(finished))
                    .doesNotHaveDuplicates()
                    .filteredOn(event -> event.matches("\\w+ (Admitted|StepRecorded|Finished): .*"))
                    .hasSize((int) measured + 2));
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(FOLDERS), "crash-").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
