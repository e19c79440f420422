package bench.podium.engine.wrk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.domain.measurement.StepMeasurement;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.Slo.LatencyFigure;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.EngineResult;
import bench.podium.engine.GatedRun;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoopbackTarget;
import bench.podium.engine.LoopbackTarget.Reply;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Results of the real wrk against a server on loopback. */
@Execution(ExecutionMode.SAME_THREAD)
class WrkEngineTest {

  @TempDir private Path directory;

  @Test
  void reportsTheCountsOfWrkWithoutViolations() throws Exception {
    // A target that is faster than wrk would rightly cause GeneratorSaturated.
    try (LoopbackTarget target = new LoopbackTarget(_ -> new Reply.After(1))) {
      // Given
      LoadAssignment assignment = WrkRun.assignment(target.uri(), WrkRun.get("/"), 8, 2);
      // When
      EngineResult result = WrkRun.run(assignment, directory);
      // Then
      WorkerMeasurement measured = result.measurement();
      assertThat(result.output()).contains(measured.requests() + " requests in");
      assertThat(measured.requests()).isPositive();
      assertThat(measured.measured().count()).isEqualTo(measured.requests());
      assertThat(measured.negativeBuckets()).isZero();
      assertThat(WrkRun.violations(assignment, measured)).isEmpty();
      assertThat((long) target.requests().size()).isBetween(measured.requests(), measured.sent());
    }
  }

  @Test
  void reportsThePercentilesThatWrkPrints() throws Exception {
    try (LoopbackTarget target = new LoopbackTarget(n -> new Reply.After(n % 50 == 0 ? 20 : 1))) {
      // Given
      LoadAssignment assignment = WrkRun.assignment(target.uri(), WrkRun.get("/"), 8, 1);
      // When
      LatencyHistogram corrected = WrkRun.run(assignment, directory).measurement().corrected();
      // Then
      Map<Double, Long> wrks = WrkResults.read(directory.resolve("measured/results")).percentiles();
      assertThat(wrks).containsOnlyKeys(50.0, 75.0, 90.0, 99.0, 99.9);
      wrks.forEach(
          (percent, micros) ->
              assertThat((double) corrected.percentileMicros(percent))
                  .as("p%s", percent)
                  .isCloseTo(micros, within(micros * 0.001)));
    }
  }

  @Test
  void reversesTheCorrectionOfWrk() throws Exception {
    // Given: a stall of one connection, to which the correction adds counts
    try (LoopbackTarget target = new LoopbackTarget(n -> new Reply.After(n == 50 ? 300 : 1))) {
      LoadAssignment assignment = WrkRun.assignment(target.uri(), WrkRun.get("/"), 1, 1);
      // When
      WorkerMeasurement measured = WrkRun.run(assignment, directory).measurement();
      // Then
      assertThat(measured.corrected().count()).isGreaterThan(measured.requests());
      assertThat(measured.measured().count()).isEqualTo(measured.requests());
      assertThat(WrkRun.violations(assignment, measured)).isEmpty();
    }
  }

  @Test
  void sendsTheWarmUpFirstAndDoesNotMeasureIt() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      LoadAssignment plain = WrkRun.assignment(target.uri(), WrkRun.get("/@{seq}"), 1, 1);
      LoadAssignment assignment =
          new LoadAssignment(
              0,
              1,
              plain.workload(),
              plain.target(),
              new LoadShare.Connections(1),
              1,
              plain.timeout(),
              Duration.ofSeconds(1),
              plain.duration(),
              plain.sequence());
      Instant t0 = GatedRun.soon();
      // When
      EngineResult result = WrkRun.run(t0, assignment, directory);
      // Then
      assertThat(result.warmupRequests()).isPositive();
      assertThat(result.measurement().firstRequest().orElseThrow())
          .isAfterOrEqualTo(t0.plusSeconds(2));
      assertThat(target.requests())
          .extracting(LoopbackTarget.Request::line)
          .doesNotHaveDuplicates();
      assertThat((long) target.requests().size())
          .isBetween(
              result.warmupRequests() + result.measurement().requests(),
              result.warmupSent() + result.measurement().sent());
    }
  }

  @Test
  void countsATimeoutPerConnectionIfTheTargetNeverAnswers() throws Exception {
    try (LoopbackTarget target = new LoopbackTarget(_ -> new Reply.Nothing())) {
      // Given
      LoadAssignment assignment =
          WrkRun.withTimes(WrkRun.assignment(target.uri(), WrkRun.get("/"), 4, 2), 1, 2);
      // When
      WorkerMeasurement measured = WrkRun.run(assignment, directory).measurement();
      // Then
      StepMeasurement step = StepMeasurement.merge(List.of(measured));
      assertThat(measured.requests()).isZero();
      assertThat(measured.errors().timeout()).isEqualTo(4);
      assertThat(step.errorPartsPerMillion()).isEqualTo(1_000_000);
      assertThat(step.goodReplies()).isZero();
      assertThat(step.latency().orElseThrow().p50Micros()).isBetween(1_000_000L, 2_100_000L);
      assertThat(step.latency().orElseThrow().atLeast()).contains(LatencyFigure.values());
      assertThat(WrkRun.violations(assignment, measured)).isEmpty();
    }
  }

  @Test
  void countsATimeoutPerConnectionIfTheTargetStopsAnswering() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n < 100 ? new Reply.Status(200) : new Reply.Nothing())) {
      // Given
      LoadAssignment assignment =
          WrkRun.withTimes(WrkRun.assignment(target.uri(), WrkRun.get("/"), 4, 2), 1, 3);
      // When
      WorkerMeasurement measured = WrkRun.run(assignment, directory).measurement();
      // Then
      assertThat(measured.requests()).isEqualTo(100);
      assertThat(measured.unanswered()).isEqualTo(4);
      assertThat(measured.errors().timeout()).isEqualTo(4);
      assertThat(WrkRun.violations(assignment, measured)).isEmpty();
    }
  }

  @Test
  void countsLateRepliesAsTimeoutsAndRequests() throws Exception {
    try (LoopbackTarget target = new LoopbackTarget(_ -> new Reply.After(1200))) {
      // Given
      LoadAssignment assignment =
          WrkRun.withTimes(WrkRun.assignment(target.uri(), WrkRun.get("/"), 2, 1), 1, 2);
      // When
      WorkerMeasurement measured = WrkRun.run(assignment, directory).measurement();
      // Then
      assertThat(measured.requests()).isEqualTo(2);
      assertThat(measured.errors().timeout()).isEqualTo(2);
      assertThat(measured.measured().isEmpty()).isTrue();
      assertThat(WrkRun.violations(assignment, measured)).isEmpty();
    }
  }

  @Test
  void countsClosedConnectionsAndErrorReplies() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(
            n -> n % 10 == 3 ? new Reply.Close() : new Reply.Status(n % 2 == 0 ? 200 : 500))) {
      // Given
      LoadAssignment assignment = WrkRun.assignment(target.uri(), WrkRun.get("/"), 4, 2);
      // When
      WorkerMeasurement measured = WrkRun.run(assignment, directory).measurement();
      // Then
      assertThat(measured.errors().read()).isPositive();
      assertThat(measured.errors().status()).isPositive();
      assertThat(measured.sent()).isGreaterThan(measured.requests());
      assertThat(WrkRun.violations(assignment, measured)).isEmpty();
    }
  }

  @Test
  void opensAConnectionPerRequestWithoutKeepAlive() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      var request = WrkRun.get("/").requests().getFirst();
      var workload = new Workload(List.of(request), 1, false, Map.of());
      LoadAssignment assignment = WrkRun.assignment(target.uri(), workload, 4, 2);
      // When
      WorkerMeasurement measured = WrkRun.run(assignment, directory).measurement();
      // Then
      assertThat(target.requests()).allMatch(r -> r.head().contains("Connection: close\r\n"));
      assertThat(measured.errors().total()).isZero();
      assertThat(WrkRun.violations(assignment, measured)).isEmpty();
    }
  }

  @Test
  void rejectsLoadsThatWrkWouldChangeSilently() {
    // Given
    LoadAssignment valid = WrkRun.assignment(URI.create("http://t:80"), WrkRun.get("/"), 250, 2);
    LoadAssignment uneven = WrkRun.assignment(URI.create("http://t:80"), WrkRun.get("/"), 250, 4);
    LoadAssignment split = WrkRun.assignment(URI.create("http://t:80"), WrkRun.get("/a b"), 2, 1);
    // When
    var rejected = assertThatIllegalArgumentException();
    // Then
    rejected
        .isThrownBy(() -> WrkRun.prepare(Instant.EPOCH, uneven, directory.resolve("a")))
        .withMessageContaining("4 do not divide 250");
    rejected
        .isThrownBy(() -> WrkRun.prepare(Instant.EPOCH, WrkRun.withTimes(valid, 0, 1), directory))
        .withMessageContaining("timeout");
    rejected
        .isThrownBy(() -> WrkRun.prepare(Instant.EPOCH, split, directory.resolve("b")))
        .withMessageContaining("path");
  }
}
