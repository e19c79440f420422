package bench.podium.engine.wrk;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.engine.ExitMeaning;
import bench.podium.engine.FirstRequest;
import bench.podium.engine.GatedRun;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoopbackTarget;
import bench.podium.engine.LoopbackTarget.Reply;
import bench.podium.engine.PreparedLoad;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** When the real wrk connects and sends. */
@Execution(ExecutionMode.SAME_THREAD)
class WrkGatesTest {

  @TempDir private Path directory;

  @Test
  void opensConnectionsBeforeT0AndSendsNothingUntilThen() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given: one of so many workers that connections open half a second before T0
      LoadAssignment assignment =
          WrkRun.oneOf(250, WrkRun.assignment(target.uri(), WrkRun.get("/"), 64, 2));
      Instant t0 = GatedRun.soon();
      // When
      WrkRun.run(t0, assignment, directory);
      // Then: except for the connection with which wrk checks the target
      assertThat(target.connected().stream().filter(t0::isAfter)).hasSizeGreaterThan(32);
      assertThat(target.connected()).hasSizeBetween(64, 66);
      assertThat(target.requests())
          .extracting(LoopbackTarget.Request::arrived)
          .allMatch(arrived -> !arrived.isBefore(t0));
    }
  }

  @Test
  void delaysSecondRequestsUntilAllWorkersHaveSentTheirFirst() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      LoadAssignment assignment =
          WrkRun.oneOf(2000, WrkRun.assignment(target.uri(), WrkRun.get("/"), 64, 2));
      Instant t0 = GatedRun.soon();
      // When
      WrkRun.run(t0, assignment, directory);
      // Then
      Instant continues = t0.plusMillis(300);
      assertThat(
              target.requests().stream().filter(request -> request.arrived().isBefore(continues)))
          .hasSize(2);
      assertThat(target.requests()).hasSizeGreaterThan(64);
    }
  }

  @Test
  void sendsTheFirstRequestAtT0AndReportsItsTime() throws Exception {
    // When
    FirstRequest first =
        FirstRequest.of(
            (target, t0, run) ->
                WrkRun.run(t0, WrkRun.assignment(target, WrkRun.get("/"), 2, 2), run),
            directory);
    // Then
    first.assertReportedOnTime();
  }

  @Test
  void reportsARefusedConnection() throws Exception {
    // Given
    URI closedPort;
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      closedPort = target.uri();
    }
    LoadAssignment assignment = WrkRun.assignment(closedPort, WrkRun.get("/"), 1, 1);
    PreparedLoad load = WrkRun.prepare(GatedRun.soon(), assignment, directory);
    // When
    int status = GatedRun.await(GatedRun.start(load).getFirst());
    // Then
    String output = Files.readString(load.processes().getFirst().output());
    assertThat(load.meaningOf(load.processes().getFirst(), status, output))
        .isInstanceOf(ExitMeaning.Refused.class);
  }

  @Test
  void sendsNothingIfT0IsInThePast() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      LoadAssignment assignment = WrkRun.assignment(target.uri(), WrkRun.get("/"), 1, 1);
      PreparedLoad load = WrkRun.prepare(Instant.now().minusSeconds(1), assignment, directory);
      // When
      int status = GatedRun.await(GatedRun.start(load).getFirst());
      // Then
      assertThat(load.meaningOf(load.processes().getFirst(), status, ""))
          .isEqualTo(new ExitMeaning.Late());
      assertThat(target.requests()).isEmpty();
    }
  }

  @Test
  void leavesCountsWhenKilled() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n < 50 ? new Reply.Status(200) : new Reply.Nothing())) {
      // Given
      LoadAssignment assignment = WrkRun.assignment(target.uri(), WrkRun.get("/"), 2, 1);
      PreparedLoad load = WrkRun.prepare(GatedRun.soon(), assignment, directory);
      Process process = GatedRun.start(load).getFirst();
      Awaitility.await().until(() -> target.requests().size() == 52);
      // When
      process.destroyForcibly().waitFor();
      // Then
      assertThat(load.counts().sent()).isEqualTo(52);
      assertThat(load.counts().minReplies()).isEqualTo(50);
      assertThat(load.counts().firstRequest()).isPresent();
    }
  }
}
