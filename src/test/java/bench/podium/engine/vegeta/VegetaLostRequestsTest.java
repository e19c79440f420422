package bench.podium.engine.vegeta;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.domain.measurement.OfferedLoad;
import bench.podium.domain.measurement.ReplySeries;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.engine.LoopbackTarget;
import bench.podium.engine.LoopbackTarget.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Requests without a reply in time, with the real program. */
@Execution(ExecutionMode.SAME_THREAD)
class VegetaLostRequestsTest {

  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final long TIMEOUT_MICROS = 500_000;

  @TempDir private Path directory;

  @Test
  void doesNotRepeatABrokenRequest() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n % 10 == 9 ? new Reply.Close() : new Reply.Status(200))) {
      // When
      WorkerMeasurement measured =
          VegetaRun.of(target.uri(), 200).timeout(TIMEOUT).run(directory).measurement();
      // Then
      assertThat(target.requests()).hasSize(200);
      assertThat(measured.sent()).isEqualTo(200);
      assertThat(measured.errors().read()).isEqualTo(20);
      assertThat(measured.requests()).isEqualTo(180);
      assertThat(lostAtLeastTheTimeout(measured)).isEqualTo(20);
      assertThat(VegetaRun.violations(measured)).isEmpty();
    }
  }

  @Test
  void countsAnUnansweredRequestInItsScheduledSecond() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n < 10 ? new Reply.Status(200) : new Reply.Nothing())) {
      // When
      WorkerMeasurement measured =
          VegetaRun.of(target.uri(), 20).timeout(TIMEOUT).run(directory).measurement();
      // Then
      assertThat(measured.errors().timeout()).isEqualTo(measured.unanswered()).isEqualTo(10);
      assertThat(lostAtLeastTheTimeout(measured)).isEqualTo(10);
      assertThat(measured.series().seconds())
          .satisfiesExactly(
              second -> {
                assertThat(second.count()).isEqualTo(20);
                assertThat(second.maxMicros()).isGreaterThanOrEqualTo(TIMEOUT_MICROS);
              });
      assertThat(VegetaRun.violations(measured)).isEmpty();
    }
  }

  @Test
  void countsARequestWithoutAConnectionAsLostAndNotSent() throws Exception {
    // Given
    VegetaRun run = VegetaRun.of(freePort(), 20).timeout(TIMEOUT);
    // When
    WorkerMeasurement measured = run.run(directory).measurement();
    // Then
    assertThat(measured.offered())
        .isEqualTo(new OfferedLoad.Rate(20, LatencyHistogram.empty(), 20));
    assertThat(measured.sent()).isZero();
    assertThat(measured.errors().connect()).isEqualTo(20);
    assertThat(lostAtLeastTheTimeout(measured)).isEqualTo(20);
    assertThat(measured.replies().counts()).hasSize(10).containsOnly(0L);
  }

  @Test
  void countsRepliesInTheSlotOfTheirArrival() throws Exception {
    try (LoopbackTarget target = new LoopbackTarget(_ -> new Reply.After(450))) {
      // When
      WorkerMeasurement measured = VegetaRun.of(target.uri(), 50).run(directory).measurement();
      // Then
      assertThat(measured.replies().slot()).isEqualTo(ReplySeries.FINE);
      assertThat(measured.replies().counts()).hasSize(10).startsWith(0L, 0L, 0L, 0L);
      assertThat(measured.replies().perSecond()).containsExactly(50L);
      assertThat(measured.lost().isEmpty()).isTrue();
    }
  }

  /** Checks that no wait is shorter than the timeout, and returns the number of lost requests. */
  private static long lostAtLeastTheTimeout(WorkerMeasurement measured) {
    assertThat(measured.lost().meanMicros()).isGreaterThanOrEqualTo(TIMEOUT_MICROS);
    assertThat(measured.lost().percentileMicros(0.001)).isGreaterThan(TIMEOUT_MICROS * 99 / 100);
    return measured.lost().count();
  }

  private static URI freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
