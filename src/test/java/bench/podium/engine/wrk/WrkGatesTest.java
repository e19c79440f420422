package bench.podium.engine.wrk;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.engine.ExitMeaning;
import bench.podium.engine.FirstRequest;
import bench.podium.engine.GatedLoad;
import bench.podium.engine.GatedRun;
import bench.podium.engine.LoadOrder;
import bench.podium.engine.LoopbackTarget;
import bench.podium.engine.LoopbackTarget.Reply;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** When the real wrk connects, sends for the first time and is given up. */
@Execution(ExecutionMode.SAME_THREAD)
class WrkGatesTest {

  @TempDir private Path directory;

  @Test
  void its_connections_are_open_before_t0_and_send_nothing_until_then() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given: one of so many load pods that half a second is left to connect
      LoadOrder order = WrkRun.oneOf(250, WrkRun.order(target.uri(), WrkRun.get("/"), 64, 2));
      Instant t0 = GatedRun.soon();
      // When
      WrkRun.run(t0, order, directory);
      // Then: but for the one by which wrk sees that the target is there
      assertThat(target.connected().stream().filter(t0::isAfter)).hasSizeGreaterThan(32);
      assertThat(target.connected()).hasSizeBetween(64, 66);
      assertThat(target.requests())
          .extracting(LoopbackTarget.Request::arrived)
          .allMatch(arrived -> !arrived.isBefore(t0));
    }
  }

  @Test
  void behind_its_first_request_each_thread_leaves_the_others_time_for_theirs() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      LoadOrder order = WrkRun.oneOf(2000, WrkRun.order(target.uri(), WrkRun.get("/"), 64, 2));
      Instant t0 = GatedRun.soon();
      // When
      WrkRun.run(t0, order, directory);
      // Then
      Instant others = t0.plusMillis(300);
      assertThat(target.requests().stream().filter(request -> request.arrived().isBefore(others)))
          .hasSize(2);
      assertThat(target.requests()).hasSizeGreaterThan(64);
    }
  }

  @Test
  void the_gate_holds_and_the_first_request_is_when_it_arrived() throws Exception {
    // When
    FirstRequest first =
        FirstRequest.of(
            (target, t0, run) -> WrkRun.run(t0, WrkRun.order(target, WrkRun.get("/"), 2, 2), run),
            directory);
    // Then
    first.leftAsSaid();
  }

  @Test
  void a_target_that_is_not_there_is_refused() throws Exception {
    // Given
    URI nobody;
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      nobody = target.uri();
    }
    LoadOrder order = WrkRun.order(nobody, WrkRun.get("/"), 1, 1);
    GatedLoad load = WrkRun.gate(GatedRun.soon(), order, directory);
    // When
    int status = GatedRun.await(GatedRun.start(load).getFirst());
    // Then
    String output = Files.readString(load.processes().getFirst().output());
    assertThat(load.meaningOf(load.processes().getFirst(), status, output))
        .isInstanceOf(ExitMeaning.Refused.class);
  }

  @Test
  void a_gate_in_the_past_lets_nothing_through() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      LoadOrder order = WrkRun.order(target.uri(), WrkRun.get("/"), 1, 1);
      GatedLoad load = WrkRun.gate(Instant.now().minusSeconds(1), order, directory);
      // When
      int status = GatedRun.await(GatedRun.start(load).getFirst());
      // Then
      assertThat(load.meaningOf(load.processes().getFirst(), status, ""))
          .isEqualTo(new ExitMeaning.Late());
      assertThat(target.requests()).isEmpty();
    }
  }

  @Test
  void what_a_killed_run_has_sent_is_known() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n < 50 ? new Reply.Status(200) : new Reply.Nothing())) {
      // Given
      LoadOrder order = WrkRun.order(target.uri(), WrkRun.get("/"), 2, 1);
      GatedLoad load = WrkRun.gate(GatedRun.soon(), order, directory);
      Process process = GatedRun.start(load).getFirst();
      Awaitility.await().until(() -> target.requests().size() == 52);
      // When
      process.destroyForcibly().waitFor();
      // Then
      assertThat(load.counts().sent()).isEqualTo(52);
      assertThat(load.counts().fewestRequests()).isEqualTo(50);
      assertThat(load.counts().firstRequest()).isPresent();
    }
  }
}
