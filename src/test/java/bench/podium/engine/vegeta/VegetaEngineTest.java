package bench.podium.engine.vegeta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.domain.measurement.OfferedLoad;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.plan.LoadShare;
import bench.podium.engine.EngineResult;
import bench.podium.engine.GatedRun;
import bench.podium.engine.LoadCounts;
import bench.podium.engine.LoopbackTarget;
import bench.podium.engine.LoopbackTarget.Reply;
import bench.podium.engine.PreparedLoad;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Counts of the real program against a server on loopback. */
@Execution(ExecutionMode.SAME_THREAD)
class VegetaEngineTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path directory;

  @Test
  void sendsAtTheRateAndCountsEachRequest() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // When
      EngineResult result = VegetaRun.of(target.uri(), 200).run(directory);
      // Then
      WorkerMeasurement measured = result.measurement();
      assertThat(measured.sent()).isEqualTo(200);
      assertThat(measured.requests()).isEqualTo(200);
      assertThat(measured.measured().count()).isEqualTo(200);
      assertThat(measured.corrected().isEmpty()).isTrue();
      assertThat(measured.bytes()).isPositive();
      assertThat(planned(measured)).isEqualTo(200);
      assertThat(target.requests()).hasSize(200);
      assertThat(VegetaRun.violations(measured)).isEmpty();
      assertThat(result.output()).contains("Requests", "200, ");
    }
  }

  private static long planned(WorkerMeasurement measured) {
    return switch (measured.offered()) {
      case OfferedLoad.Rate(long planned, LatencyHistogram _, long _) -> planned;
      case OfferedLoad.Connections _ -> throw new AssertionError("an open load has a rate");
    };
  }

  @Test
  void increasesTheRateLinearlyDuringARamp() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      VegetaRun run = VegetaRun.of(target.uri(), 1).ramp(50, 250, Duration.ofSeconds(2));
      // When
      WorkerMeasurement measured = run.run(directory).measurement();
      // Then
      assertThat(measured.sent()).isEqualTo(300);
      assertThat(measured.series().seconds())
          .extracting(LatencyHistogram::count)
          .satisfiesExactly(
              first -> assertThat(first).isBetween(98L, 102L),
              second -> assertThat(second).isBetween(198L, 202L));
    }
  }

  @Test
  void keepsTheRateForASlowTarget() throws Exception {
    try (LoopbackTarget target = new LoopbackTarget(_ -> new Reply.After(400))) {
      // When
      WorkerMeasurement measured = VegetaRun.of(target.uri(), 50).run(directory).measurement();
      // Then
      assertThat(measured.requests()).isEqualTo(50);
      assertThat(measured.measured().percentileMicros(50)).isCloseTo(400_000, within(100_000L));
      assertThat(measured.duration()).isGreaterThan(Duration.ofMillis(1300));
      assertThat(VegetaRun.violations(measured)).isEmpty();
    }
  }

  @Test
  void countsAnUnansweredRequestAsTimeoutWithoutLatency() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n % 2 == 0 ? new Reply.Nothing() : new Reply.Status(200))) {
      // When
      WorkerMeasurement measured =
          VegetaRun.of(target.uri(), 20).timeout(SECOND).run(directory).measurement();
      // Then
      assertThat(measured.errors().timeout()).isEqualTo(10);
      assertThat(measured.requests()).isEqualTo(10);
      assertThat(measured.measured().count()).isEqualTo(10);
      assertThat(VegetaRun.violations(measured)).isEmpty();
    }
  }

  @Test
  void countsStatusAndReadErrorsSeparately() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n % 2 == 0 ? new Reply.Close() : new Reply.Status(500))) {
      // When
      WorkerMeasurement measured = VegetaRun.of(target.uri(), 20).run(directory).measurement();
      // Then
      assertThat(measured.errors().status()).isEqualTo(measured.requests()).isPositive();
      assertThat(measured.errors().read()).isEqualTo(20 - measured.requests());
      assertThat(VegetaRun.violations(measured)).isEmpty();
    }
  }

  @Test
  void countsConnectErrorsIfTheTargetDoesNotListen() throws Exception {
    // Given
    URI closedPort = freePort();
    // When
    WorkerMeasurement measured = VegetaRun.of(closedPort, 20).run(directory).measurement();
    // Then
    assertThat(measured.errors()).isEqualTo(new ErrorCounts(20, 0, 0, 0, 0));
    assertThat(measured.firstRequest()).isEmpty();
    assertThat(VegetaRun.violations(measured)).isEmpty();
  }

  private static URI freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  @Test
  void leavesCountsWhenKilled() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      PreparedLoad load = VegetaRun.of(target.uri(), 200).prepare(GatedRun.soon(), directory);
      Process process = GatedRun.start(load).getFirst();
      Awaitility.await().until(() -> target.requests().size() > 20);
      // When
      process.destroyForcibly();
      GatedRun.await(process);
      // Then
      LoadCounts counts = load.counts();
      assertThat((long) target.requests().size()).isBetween(counts.minReplies(), counts.sent());
      assertThat(counts.firstRequest()).isPresent();
    }
  }

  @Test
  void rejectsClosedLoad() {
    // Given
    VegetaRun rate = VegetaRun.of(URI.create("http://127.0.0.1:1"), 1);
    VegetaRun connections =
        new VegetaRun(
            rate.target(),
            rate.workload(),
            new LoadShare.Connections(4),
            0,
            1,
            SECOND,
            Duration.ZERO,
            SECOND);
    // When, Then
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connections.prepare(Instant.EPOCH, directory))
        .withMessageContaining("rate");
  }
}
