package bench.podium.e2e;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ConditionStatus;
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

/** Each failure of a run ends with a status that names the problem and a hint. */
class FailuresE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  /** For an operator that is configured with another image for its workers. */
  @RegisterExtension static final RealCluster OTHER = new RealCluster("podium-failures");

  private static final String RUN = "failing";

  /** The other images of workers do not contain the collector. */
  private static final String COLLECTOR_IMAGE = "podium/worker:0.1.0";

  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final Duration POD_REMOVAL_TIMEOUT = Duration.ofSeconds(15);

  /** Times in the API have whole seconds. */
  private static final Duration TIME_RESOLUTION = Duration.ofSeconds(1);

  /** Set by {@code -Dpodium.failures=REGEX} to run some rows only. */
  private static final String SELECTED = System.getProperty("podium.failures", ".*");

  @TempDir Path folder;

  private final Deque<PreconditionFault.Injected> injected = new ArrayDeque<>();

  private void undoLater(PreconditionFault.Injected fault) {
    injected.push(fault);
  }

  @AfterEach
  void undoFaults() {
    injected.forEach(PreconditionFault.Injected::undo);
  }

  static List<Failure> table() {
    return Failure.all().stream().filter(row -> row.fault().matches(SELECTED)).toList();
  }

  @ParameterizedTest
  @MethodSource("table")
  void endsWithTheStatusOfTheTable(Failure row) {
    // Given
    RealCluster cluster = row.workerImage().isPresent() ? OTHER : CLUSTER;
    cluster.remove(RUN);
    undoLater(operator(row));
    undoLater(row.given().inject(cluster));
    undoLater(() -> row.when().undo(cluster));

    // When
    cluster.apply(row.run());
    Optional<Instant> faultTime = row.when().inject(cluster, RUN);
    BenchmarkRun run = cluster.awaitFinished(RUN, TIMEOUT);

    // Then
    assertExpectedStatus(row, run);
    assertExpectedRows(row, run);
    assertThat(Duration.between(faultTime.orElseGet(() -> start(run)), end(run)))
        .isLessThanOrEqualTo(row.within().plus(TIME_RESOLUTION));
    assertExpectedEvents(cluster, row, run);
    row.when().undo(cluster);
    await("pods gone").atMost(POD_REMOVAL_TIMEOUT).until(() -> cluster.pods(RUN).isEmpty());
  }

  private PreconditionFault.Injected operator(Failure row) {
    return row.workerImage()
        .map(
            image ->
                new OperatorProcess(
                    OTHER.namespace(),
                    "",
                    folder,
                    Map.of(
                        "PODIUM_WORKER_IMAGE", image, "PODIUM_COLLECTOR_IMAGE", COLLECTOR_IMAGE)))
        .<PreconditionFault.Injected>map(operator -> operator::close)
        .orElse(() -> {});
  }

  private static void assertExpectedStatus(Failure row, BenchmarkRun run) {
    assertThat(run).hasVerdict(row.verdict());
    if (row.verdict() == Verdict.PASSED) {
      assertThat(run).doesNotHaveTrueCondition("Stalled");
    } else {
      assertThat(run).hasCondition("Stalled", ConditionStatus.TRUE);
    }
    row.conditions().forEach((type, reason) -> assertThat(run).hasConditionReason(type, reason));
    String messages =
        row.conditions().keySet().stream()
            .map(type -> RealCluster.message(run, type))
            .collect(Collectors.joining("\n"));
    assertThat(row.messages()).allSatisfy(text -> assertThat(messages).contains(text));
  }

  private static void assertExpectedRows(Failure row, BenchmarkRun run) {
    List<ResultRow> results = run.getStatus().results();
    assertThat(results)
        .extracting(result -> result.reason() + " " + result.verdict())
        .isEqualTo(
            row.rows().stream()
                .map(expected -> expected.reason() + " " + expected.verdict())
                .toList());
    for (int i = 0; i < results.size(); i++) {
      Failure.Row expected = row.rows().get(i);
      ResultRow result = results.get(i);
      expected.attempts().ifPresent(attempts -> assertThat(result.attempts()).isEqualTo(attempts));
      assertThat(expected.messages())
          .allSatisfy(text -> assertThat(result.message()).contains(text));
      JsonNode fields = new ObjectMapper().valueToTree(result);
      assertThat(expected.above0())
          .allSatisfy(path -> assertThat(fields.at(path).asLong()).as(path).isPositive());
    }
  }

  private static void assertExpectedEvents(RealCluster cluster, Failure row, BenchmarkRun run) {
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
