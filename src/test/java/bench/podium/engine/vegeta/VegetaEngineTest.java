package bench.podium.engine.vegeta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.LatencyHistogram;
import bench.podium.domain.measure.OfferedLoad;
import bench.podium.domain.measure.WorkerMeasurement;
import bench.podium.domain.plan.LoadShare;
import bench.podium.engine.EngineResult;
import bench.podium.engine.GatedLoad;
import bench.podium.engine.GatedRun;
import bench.podium.engine.LoadCounts;
import bench.podium.engine.LoopbackTarget;
import bench.podium.engine.LoopbackTarget.Reply;
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

/** What it counts, with the real program against a server on loopback. */
@Execution(ExecutionMode.SAME_THREAD)
class VegetaEngineTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path directory;

  @Test
  void sends_as_many_as_the_rate_says_and_counts_each_one() throws Exception {
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
      assertThat(VegetaRun.brokenLaws(measured)).isEmpty();
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
  void a_ramp_sends_its_mean_and_more_at_its_end() throws Exception {
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
  void a_slow_target_is_asked_at_the_same_rate() throws Exception {
    try (LoopbackTarget target = new LoopbackTarget(_ -> new Reply.After(400))) {
      // When
      WorkerMeasurement measured = VegetaRun.of(target.uri(), 50).run(directory).measurement();
      // Then
      assertThat(measured.requests()).isEqualTo(50);
      assertThat(measured.measured().percentileMicros(50)).isCloseTo(400_000, within(100_000L));
      assertThat(measured.duration()).isGreaterThan(Duration.ofMillis(1300));
      assertThat(VegetaRun.brokenLaws(measured)).isEmpty();
    }
  }

  @Test
  void what_hangs_is_a_timeout_and_no_latency() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n % 2 == 0 ? new Reply.Nothing() : new Reply.Status(200))) {
      // When
      WorkerMeasurement measured =
          VegetaRun.of(target.uri(), 20).timeout(SECOND).run(directory).measurement();
      // Then
      assertThat(measured.errors().timeout()).isEqualTo(10);
      assertThat(measured.requests()).isEqualTo(10);
      assertThat(measured.measured().count()).isEqualTo(10);
      assertThat(VegetaRun.brokenLaws(measured)).isEmpty();
    }
  }

  @Test
  void errors_are_told_apart() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n % 2 == 0 ? new Reply.Close() : new Reply.Status(500))) {
      // When
      WorkerMeasurement measured = VegetaRun.of(target.uri(), 20).run(directory).measurement();
      // Then
      assertThat(measured.errors().status()).isEqualTo(measured.requests()).isPositive();
      assertThat(measured.errors().read()).isEqualTo(20 - measured.requests());
      assertThat(VegetaRun.brokenLaws(measured)).isEmpty();
    }
  }

  @Test
  void a_target_that_does_not_listen_gives_errors_and_no_crash() throws Exception {
    // Given
    URI nobody = freePort();
    // When
    WorkerMeasurement measured = VegetaRun.of(nobody, 20).run(directory).measurement();
    // Then
    assertThat(measured.errors()).isEqualTo(new ErrorCounts(20, 0, 0, 0, 0));
    assertThat(measured.firstRequest()).isEmpty();
    assertThat(VegetaRun.brokenLaws(measured)).isEmpty();
  }

  private static URI freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  @Test
  void a_killed_load_has_left_its_counts() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      GatedLoad load = VegetaRun.of(target.uri(), 200).gate(GatedRun.soon(), directory);
      Process process = GatedRun.start(load).getFirst();
      Awaitility.await().until(() -> target.requests().size() > 20);
      // When
      process.destroyForcibly();
      GatedRun.await(process);
      // Then
      LoadCounts counts = load.counts();
      assertThat((long) target.requests().size()).isBetween(counts.fewestRequests(), counts.sent());
      assertThat(counts.firstRequest()).isPresent();
    }
  }

  @Test
  void connections_are_not_for_it() {
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
        .isThrownBy(() -> connections.gate(Instant.EPOCH, directory))
        .withMessageContaining("rate");
  }
}
