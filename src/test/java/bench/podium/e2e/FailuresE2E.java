package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a run can fail ends in words that help. */
class FailuresE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  /** For an operator that is told to run something else as workers. */
  @RegisterExtension static final RealCluster OTHER = new RealCluster("podium-failures");

  private static final String RUN = "failing";

  /** What the workers run instead has no collector. */
  private static final String COLLECTOR_IMAGE = "podium/worker:0.1.0";

  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final Duration PODS_GO = Duration.ofSeconds(15);

  /** Kubernetes writes whole seconds. */
  private static final Duration GRAIN = Duration.ofSeconds(1);

  /** Set by {@code -Dpodium.failures=REGEX}, for a look at some of them. */
  private static final String WANTED = System.getProperty("podium.failures", ".*");

  @TempDir Path folder;

  private final Deque<PreconditionFault.Laid> laid = new ArrayDeque<>();

  private void lay(PreconditionFault.Laid another) {
    laid.push(another);
  }

  @AfterEach
  void takeAway() {
    laid.forEach(PreconditionFault.Laid::close);
  }

  static List<Failure> table() {
    return Failure.all().stream().filter(row -> row.fault().matches(WANTED)).toList();
  }

  @ParameterizedTest
  @MethodSource("table")
  void endsAsTheTableSays(Failure row) {
    // Given
    RealCluster cluster = row.loadImage().isPresent() ? OTHER : CLUSTER;
    cluster.remove(RUN);
    lay(operator(row));
    lay(row.given().lay(cluster));
    lay(() -> row.when().tidyUp(cluster));

    // When
    cluster.apply(row.run());
    Optional<Instant> befallen = row.when().befall(cluster, RUN);
    BenchmarkRun run = cluster.awaitFinished(RUN, TIMEOUT);

    // Then
    assertSaysWhatItIs(row, run);
    assertKeepsItsRows(row, run);
    assertThat(Duration.between(befallen.orElseGet(() -> start(run)), end(run)))
        .isLessThanOrEqualTo(row.within().plus(GRAIN));
    assertIsTold(cluster, row, run);
    row.when().tidyUp(cluster);
    await("pods gone").atMost(PODS_GO).until(() -> cluster.pods(RUN).isEmpty());
  }

  private PreconditionFault.Laid operator(Failure row) {
    return row.loadImage()
        .map(
            image ->
                new OperatorProcess(
                    OTHER.namespace(),
                    "",
                    folder,
                    Map.of(
                        "PODIUM_WORKER_IMAGE", image, "PODIUM_COLLECTOR_IMAGE", COLLECTOR_IMAGE)))
        .<PreconditionFault.Laid>map(operator -> operator::close)
        .orElse(() -> {});
  }

  private static void assertSaysWhatItIs(Failure row, BenchmarkRun run) {
    assertThat(run.getStatus().verdict()).isEqualTo(row.verdict());
    assertThat(RealCluster.holds(run, "Stalled")).isEqualTo(row.verdict() != Verdict.PASSED);
    row.conditions()
        .forEach(
            (type, reason) -> assertThat(RealCluster.reason(run, type)).as(type).isEqualTo(reason));
    String messages =
        row.conditions().keySet().stream()
            .map(type -> RealCluster.message(run, type))
            .collect(Collectors.joining("\n"));
    assertThat(row.reportedState()).allSatisfy(words -> assertThat(messages).contains(words));
  }

  private static void assertKeepsItsRows(Failure row, BenchmarkRun run) {
    List<ResultRow> results = run.getStatus().results();
    assertThat(results)
        .extracting(result -> result.reason() + " " + result.verdict())
        .isEqualTo(
            row.rows().stream().map(wanted -> wanted.reason() + " " + wanted.verdict()).toList());
    for (int i = 0; i < results.size(); i++) {
      Failure.Row wanted = row.rows().get(i);
      ResultRow result = results.get(i);
      wanted.attempts().ifPresent(attempts -> assertThat(result.attempts()).isEqualTo(attempts));
      assertThat(wanted.reportedState())
          .allSatisfy(words -> assertThat(result.message()).contains(words));
      JsonNode fields = new ObjectMapper().valueToTree(result);
      assertThat(wanted.above0())
          .allSatisfy(path -> assertThat(fields.at(path).asLong()).as(path).isPositive());
    }
  }

  private static void assertIsTold(RealCluster cluster, Failure row, BenchmarkRun run) {
    await("events")
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(cluster.events(run))
                    .extracting(event -> event.replaceAll("^\\w+ (\\w+): .*$", "$1"))
                    .containsAll(row.events()));
  }

  private static Instant start(BenchmarkRun run) {
    return Instant.parse(
        Optional.ofNullable(run.getStatus().startTime())
            .orElse(run.getMetadata().getCreationTimestamp()));
  }

  private static Instant end(BenchmarkRun run) {
    return Instant.parse(run.getStatus().completionTime());
  }
}
