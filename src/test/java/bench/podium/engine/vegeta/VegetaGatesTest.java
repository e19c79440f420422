package bench.podium.engine.vegeta;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.engine.EngineResult;
import bench.podium.engine.ExitMeaning;
import bench.podium.engine.FirstRequest;
import bench.podium.engine.GatedRun;
import bench.podium.engine.LoopbackTarget;
import bench.podium.engine.PreparedLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Send times of the real program against a server on loopback. */
@Execution(ExecutionMode.SAME_THREAD)
class VegetaGatesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path directory;

  @Test
  void sendsTheFirstRequestAtT0AndReportsItsTime() throws Exception {
    // When
    FirstRequest first =
        FirstRequest.of((target, t0, run) -> VegetaRun.of(target, 20).run(t0, run), directory);
    // Then
    first.assertReportedOnTime();
  }

  @Test
  void sendsTheWarmUpFirstAndDoesNotMeasureIt() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      VegetaRun run = VegetaRun.of(target.uri(), 50).with(VegetaRun.get("/@{seq}")).warmup(SECOND);
      Instant t0 = GatedRun.soon();
      // When
      EngineResult result = run.run(t0, directory);
      // Then
      assertThat(result.warmupSent()).isEqualTo(50);
      assertThat(result.warmupRequests()).isEqualTo(50);
      assertThat(result.measurement().sent()).isEqualTo(50);
      assertThat(result.measurement().firstRequest().orElseThrow())
          .isAfterOrEqualTo(t0.plusSeconds(2));
      assertThat(target.requests())
          .extracting(LoopbackTarget.Request::line)
          .hasSize(100)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void sendsNothingIfT0IsInThePast() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      PreparedLoad load =
          VegetaRun.of(target.uri(), 50).prepare(Instant.now().minusSeconds(1), directory);
      // When
      int status = GatedRun.await(GatedRun.start(load).getFirst());
      // Then
      assertThat(load.meaningOf(load.processes().getFirst(), status, ""))
          .isEqualTo(new ExitMeaning.Late());
      assertThat(target.requests()).isEmpty();
    }
  }

  @Test
  void interleavesTheRequestsOfAllWorkers() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      VegetaRun run = VegetaRun.of(target.uri(), 40);
      Instant t0 = GatedRun.soon();
      List<PreparedLoad> loads =
          List.of(
              run.worker(0, 2).prepare(t0, directory.resolve("a")),
              run.worker(1, 2).prepare(t0, directory.resolve("b")));
      // When
      for (Process process : loads.stream().flatMap(it -> GatedRun.start(it).stream()).toList()) {
        assertThat(GatedRun.await(process)).isZero();
      }
      // Then: both start at T0; later no two requests are scheduled at the same time
      List<Long> millis =
          target.requests().stream()
              .map(request -> Duration.between(t0, request.arrived()).toMillis())
              .toList();
      assertThat(millis).hasSize(40);
      assertThat(millis.get(1)).isLessThan(25);
      assertThat(IntStream.range(3, 40).filter(i -> millis.get(i) - millis.get(i - 1) < 10).count())
          .as("requests at the same time")
          .isLessThan(10);
    }
  }
}
