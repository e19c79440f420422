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
 * The operator dies at an action, as by kill -9, and is started again: the run ends as it would
 * have without.
 */
class CrashAtEveryActionE2E {

  private static final String NAMESPACE = "podium-crash";
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  /** By run and mishap. */
  private static final Map<List<Object>, RunOutcome> UNDISTURBED = new HashMap<>();

  /** Set by {@code -Dpodium.failpoints=REGEX}, for a look at some of them. */
  private static final String WANTED = System.getProperty("podium.failpoints", ".*");

  /** Of the operator's logs. */
  private static final Path FOLDERS = Path.of("target", "operators");

  static List<FailpointCase> cases() {
    return FailpointCase.all().stream().filter(each -> each.toString().matches(WANTED)).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void runEndsAsIfTheOperatorHadLived(FailpointCase death) {
    // Given
    RunOutcome undisturbed =
        UNDISTURBED.computeIfAbsent(
            List.of(death.run(), death.fault()), key -> outcome("", 0, death));

    // When
    RunOutcome outcome = outcome(death.failpoints(), death.deaths(), death);

    // Then
    assertThat(outcome).isEqualTo(undisturbed);
  }

  /**
   * Runs it to its end, and holds it to what the pods said.
   *
   * @param failpoints empty: none
   */
  private static RunOutcome outcome(String failpoints, int deaths, FailpointCase of) {
    CLUSTER.remove(of.run());
    try (LoadAudit audit = CLUSTER.audit(of.run());
        OperatorProcess operator = new OperatorProcess(NAMESPACE, failpoints, folder())) {
      CLUSTER.apply(of.run());
      of.fault().befall(CLUSTER, of.run());
      BenchmarkRun finished = CLUSTER.awaitFinished(of.run(), TIMEOUT);
      if (of.losesPods()) {
        audit.assertHoldsThoughPodsWereLost(finished);
      } else {
        audit.assertHolds(finished);
      }
      assertThat(operator.starts()).as("starts of the operator").isEqualTo(1 + deaths);
      assertIsToldOnce(finished);
      return RunOutcome.of(finished);
    }
  }

  /** By whichever operator: what stands in the cluster is told of, and nothing twice. */
  private static void assertIsToldOnce(BenchmarkRun finished) {
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
