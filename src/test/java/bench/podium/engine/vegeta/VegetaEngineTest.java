package bench.podium.engine.vegeta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.LatencyHistogram;
import bench.podium.domain.measure.OfferedLoad;
import bench.podium.domain.measure.WorkerMeasurement;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.EngineResult;
import bench.podium.engine.ExitMeaning;
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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** With the real program against a server on loopback. */
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
      case OfferedLoad.Rate(long planned, LatencyHistogram _) -> planned;
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
  void two_workers_share_a_rate_and_no_number_of_the_sequence() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      VegetaRun run = VegetaRun.of(target.uri(), 100).with(VegetaRun.get("/{{seq}}"));
      // When
      long sent =
          run.worker(0, 2).run(directory.resolve("a")).measurement().sent()
              + run.worker(1, 2).run(directory.resolve("b")).measurement().sent();
      // Then
      assertThat(sent).isEqualTo(100);
      assertThat(target.requests())
          .extracting(LoopbackTarget.Request::line)
          .hasSize(100)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void the_same_seed_sends_the_same_requests() throws Exception {
    try (LoopbackTarget one = LoopbackTarget.answering();
        LoopbackTarget other = LoopbackTarget.answering()) {
      // When
      VegetaRun.of(one.uri(), 50)
          .with(VegetaRun.get("/{{int 1 1000}}"))
          .run(directory.resolve("a"));
      VegetaRun.of(other.uri(), 50)
          .with(VegetaRun.get("/{{int 1 1000}}"))
          .run(directory.resolve("b"));
      // Then
      assertThat(lines(one)).hasSize(50).containsExactlyInAnyOrderElementsOf(lines(other));
    }
  }

  private static List<String> lines(LoopbackTarget target) {
    return target.requests().stream().map(LoopbackTarget.Request::line).toList();
  }

  @Test
  void a_request_carries_what_was_asked_for_and_nothing_else() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      var post = VegetaRun.request("POST", "/users", "n={{seq}}", 1);
      var workload = new Workload(List.of(post), 42, true, Map.of("X-Env-ID", "env"));
      // When
      VegetaRun.of(target.uri(), 1).with(workload).run(directory);
      // Then
      LoopbackTarget.Request request = target.requests().getFirst();
      assertThat(request.body()).isEqualTo("n=1");
      assertThat(request.head().lines())
          .containsExactlyInAnyOrder(
              "POST /users HTTP/1.1",
              "Host: " + target.uri().getAuthority(),
              "Content-Length: 3",
              "Content-Type: text/plain",
              "X-Env-Id: env",
              "");
    }
  }

  @Test
  void requests_come_by_their_weights() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      var workload =
          new Workload(
              List.of(
                  VegetaRun.request("GET", "/often", "", 9),
                  VegetaRun.request("GET", "/seldom", "", 1)),
              42,
              true,
              Map.of());
      // When
      VegetaRun.of(target.uri(), 500).with(workload).run(directory);
      // Then: five standard deviations wide
      assertThat(lines(target).stream().filter(line -> line.contains("/seldom")).count())
          .isBetween(17L, 83L);
    }
  }

  @Test
  void the_gate_holds_and_the_first_request_is_when_it_arrived() throws Exception {
    // Given: a busy machine may hold the server's thread back, so one of five counts
    long closest = Long.MAX_VALUE;
    for (int run = 0; run < 5 && closest > 2000; run++) {
      try (LoopbackTarget target = LoopbackTarget.answering()) {
        Instant t0 = GatedRun.soon();
        // When
        EngineResult result =
            VegetaRun.of(target.uri(), 20).run(t0, directory.resolve("run" + run));
        // Then
        Instant first = result.measurement().firstRequest().orElseThrow();
        Instant arrived = target.requests().getFirst().arrived();
        assertThat(first).isAfterOrEqualTo(t0);
        assertThat(arrived).isAfterOrEqualTo(first);
        closest = Math.min(closest, Duration.between(first, arrived).toNanos() / 1000);
      }
    }
    assertThat(closest).as("us from the first request to its arrival").isLessThanOrEqualTo(2000);
  }

  @Test
  void a_warm_up_comes_first_and_is_not_measured() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      VegetaRun run = VegetaRun.of(target.uri(), 50).with(VegetaRun.get("/{{seq}}")).warmup(SECOND);
      Instant t0 = GatedRun.soon();
      // When
      EngineResult result = run.run(t0, directory);
      // Then
      assertThat(result.warmupSent()).isEqualTo(50);
      assertThat(result.warmupRequests()).isEqualTo(50);
      assertThat(result.measurement().sent()).isEqualTo(50);
      assertThat(result.measurement().firstRequest().orElseThrow())
          .isAfterOrEqualTo(t0.plusSeconds(2));
      assertThat(lines(target)).hasSize(100).doesNotHaveDuplicates();
    }
  }

  @Test
  void a_gate_in_the_past_sends_nothing() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      GatedLoad load =
          VegetaRun.of(target.uri(), 50).gate(Instant.now().minusSeconds(1), directory);
      // When
      int status = GatedRun.await(GatedRun.start(load).getFirst());
      // Then
      assertThat(load.meaningOf(load.processes().getFirst(), status, ""))
          .isEqualTo(new ExitMeaning.Late());
      assertThat(target.requests()).isEmpty();
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

  @Test
  void together_the_workers_send_evenly() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      VegetaRun run = VegetaRun.of(target.uri(), 40);
      Instant t0 = GatedRun.soon();
      List<GatedLoad> loads =
          List.of(
              run.worker(0, 2).gate(t0, directory.resolve("a")),
              run.worker(1, 2).gate(t0, directory.resolve("b")));
      // When
      for (Process process : loads.stream().flatMap(it -> GatedRun.start(it).stream()).toList()) {
        assertThat(GatedRun.await(process)).isZero();
      }
      // Then: both begin at T0; from then on no two requests are due at once
      List<Long> millis =
          target.requests().stream()
              .map(request -> Duration.between(t0, request.arrived()).toMillis())
              .toList();
      assertThat(millis).hasSize(40);
      assertThat(millis.get(1)).isLessThan(25);
      assertThat(IntStream.range(3, 40).filter(i -> millis.get(i) - millis.get(i - 1) < 10).count())
          .as("requests that come together")
          .isLessThan(10);
    }
  }
}
