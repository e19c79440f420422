package bench.podium.worker;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.LoopbackTarget;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.AttemptResult;
import bench.podium.protocol.Command;
import bench.podium.protocol.Envelope;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.protocol.ResultAssembler;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker's main class with the real wrk, against a server on loopback. */
class WorkerMainTest {

  private static final Duration LEAD = Duration.ofSeconds(4);

  @TempDir private Path directory;

  private static Workload workload() {
    return new Workload(
        List.of(
            new Workload.Request(
                "r", "GET", RequestTemplate.parse("/"), Map.of(), RequestTemplate.parse(""), 1)),
        1,
        true,
        Map.of());
  }

  private static Command.Arm arm(URI target, int attempt, long warmupMillis, Duration lead) {
    long t0 = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plus(lead));
    return new Command.Arm(
        0,
        attempt,
        target.toString(),
        "/ready",
        EngineKind.WRK,
        new LoadShare.Connections(2),
        1,
        2000,
        warmupMillis,
        1000,
        Optional.empty(),
        t0,
        1);
  }

  @Test
  void runsACommandFromStandardInputOnceThoughTheFileHasItToo() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      Command.Arm arm = arm(target.uri(), 1, 0, LEAD);
      // When
      worker.write(arm);
      worker.await(AgentMessage.Armed.class);
      worker.command(arm);
      worker.await(AgentMessage.ResultPart.class);
      worker.write(new Command.Finish());
      int status = worker.awaitEnd();
      // Then
      assertThat(status).isZero();
      assertThat(worker.messages(AgentMessage.Armed.class)).hasSize(1);
      assertThat(worker.messages(AgentMessage.Ran.class)).hasSize(1);
    }
  }

  @Test
  void runsAnAttemptAndRepeatsItsResult() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      Command.Arm arm = arm(target.uri(), 1, 1000, LEAD);
      // When
      worker.command(arm);
      AgentMessage.Ran ran = worker.await(AgentMessage.Ran.class);
      int parts = worker.await(AgentMessage.ResultPart.class).parts();
      worker.command(new Command.Repeat(0, 1, 1));
      worker.await(AgentMessage.ResultPart.class, 2 * parts);
      worker.command(new Command.Finish());
      int status = worker.awaitEnd();
      // Then
      assertThat(status).isZero();
      List<Envelope> lines = worker.lines();
      assertThat(lines.getFirst().message()).isInstanceOf(AgentMessage.Started.class);
      assertThat(lines.getLast().message()).isEqualTo(new AgentMessage.Stopped());
      assertThat(lines).extracting(Envelope::sequence).isEqualTo(numbers(lines.size()));
      assertThat(worker.messages(AgentMessage.Armed.class))
          .containsExactly(new AgentMessage.Armed(0, 1));
      assertThat(worker.messages(AgentMessage.Ran.class)).containsExactly(ran);
      assertThat(worker.messages(AgentMessage.Alive.class)).isNotEmpty();
      AttemptResult report = report(worker);
      assertThat(ran.requests())
          .isEqualTo(report.warmupRequests() + report.measurement().requests());
      assertThat(ran.firstRequestEpochMicros().orElseThrow())
          .isGreaterThanOrEqualTo(arm.t0EpochMicros() + 2_000_000);
      assertThat((long) target.requests().size()).isBetween(ran.requests(), ran.sent());
      assertThat(report.engineOutput()).contains("requests in");
    }
  }

  private static List<Long> numbers(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private static AttemptResult report(WorkerProcess worker) throws Exception {
    ResultAssembler assembler = new ResultAssembler(new ProtocolCodec(), 0, 1);
    worker.messages(AgentMessage.ResultPart.class).forEach(assembler::add);
    assertThat(assembler.ignored()).isZero();
    return assembler.result().orElseThrow();
  }

  @Test
  void replacesARunningAttemptWithANewerOne() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      worker.command(arm(target.uri(), 1, 0, LEAD));
      worker.await(AgentMessage.Armed.class);
      Awaitility.await().until(() -> !target.requests().isEmpty());
      // When
      worker.command(arm(target.uri(), 2, 0, LEAD));
      AgentMessage.Ran cut = worker.await(AgentMessage.Ran.class);
      long arrivedOfFirst = target.requests().size();
      AgentMessage.Ran complete = worker.await(AgentMessage.Ran.class, 2).getLast();
      int parts = worker.await(AgentMessage.ResultPart.class).parts();
      worker.command(new Command.Repeat(0, 1, 1));
      worker.await(AgentMessage.Unknown.class);
      worker.command(new Command.Repeat(0, 2, 1));
      worker.await(AgentMessage.ResultPart.class, 2 * parts);
      // Then
      assertThat(worker.messages(AgentMessage.Ran.class)).containsExactly(cut, complete);
      assertThat(cut.attempt()).isEqualTo(1);
      assertThat(cut.cutShort()).isTrue();
      assertThat(cut.sent()).isBetween(arrivedOfFirst, arrivedOfFirst + 2);
      assertThat(complete.attempt()).isEqualTo(2);
      assertThat(complete.cutShort()).isFalse();
      assertThat(worker.messages(AgentMessage.ResultPart.class))
          .allMatch(part -> part.attempt() == 2);
    }
  }

  @Test
  void sendsNothingInAnAbortedAttempt() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      Command.Arm arm = arm(target.uri(), 1, 0, LEAD);
      worker.command(arm);
      worker.await(AgentMessage.Armed.class);
      // When
      worker.write(new Command.Abort(0, 1));
      AgentMessage.AttemptEnded ended = worker.await(AgentMessage.AttemptEnded.class);
      worker.command(new Command.Abort(0, 1));
      worker.await(AgentMessage.AttemptEnded.class, 2);
      // Then
      assertThat(ended).isEqualTo(new AgentMessage.AttemptEnded(0, 1, 0));
      Awaitility.await()
          .during(Duration.ofMillis(500))
          .until(
              () ->
                  Instant.now().isAfter(EpochMicros.instant(arm.t0EpochMicros()).plusSeconds(1))
                      && target.requests().isEmpty());
      assertThat(worker.messages(AgentMessage.Ran.class))
          .extracting(AgentMessage.Ran::sent)
          .containsExactly(0L);
    }
  }

  @Test
  void reportsExactlyTheRequestsOfADiscardedAttempt() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      worker.command(arm(target.uri(), 1, 10_000, LEAD));
      worker.await(AgentMessage.Armed.class);
      Awaitility.await().until(() -> target.requests().size() > 100);
      // When
      worker.write(new Command.Discard(0, 1));
      AgentMessage.AttemptEnded ended = worker.await(AgentMessage.AttemptEnded.class);
      // Then
      Awaitility.await().until(() -> target.requests().size() == ended.sent());
      AgentMessage.Ran ran = worker.await(AgentMessage.Ran.class);
      assertThat(ran.sent()).isEqualTo(ended.sent());
      assertThat(ran.cutShort()).isTrue();
      worker.command(arm(target.uri(), 1, 10_000, LEAD));
      worker.command(arm(target.uri(), 2, 0, LEAD));
      assertThat(worker.await(AgentMessage.Armed.class, 2))
          .last()
          .isEqualTo(new AgentMessage.Armed(0, 2));
      assertThat((long) target.requests().size()).isEqualTo(ended.sent());
    }
  }

  @Test
  void startsNothingForALateOrUnreadableCommand() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      worker.command(arm(target.uri(), 1, 0, Duration.ofMillis(-1)));
      worker.await(AgentMessage.Late.class);
      // When
      worker.raw("{\"version\":2,\"kind\":\"dance\"}");
      AgentMessage.Refused refused = worker.await(AgentMessage.Refused.class);
      worker.command(new Command.Repeat(0, 7, 1));
      AgentMessage.Unknown unknown = worker.await(AgentMessage.Unknown.class);
      worker.terminate();
      worker.awaitEnd();
      // Then
      assertThat(refused.reason()).contains("dance");
      assertThat(unknown).isEqualTo(new AgentMessage.Unknown(0, 7));
      assertThat(worker.lines().getLast().message()).isEqualTo(new AgentMessage.Stopped());
      assertThat(target.requests()).isEmpty();
    }
  }

  @Test
  void namesATargetThatDoesNotAnswer() throws Exception {
    // Given
    URI unreachable;
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      unreachable = target.uri();
    }
    try (WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // When
      worker.command(arm(unreachable, 1, 0, LEAD));
      AgentMessage.Waiting waiting = worker.await(AgentMessage.Waiting.class);
      // Then
      assertThat(waiting.cause()).isEqualTo(AgentMessage.Cause.TARGET);
      assertThat(waiting.reason()).isEqualTo("GET " + unreachable + "/ready: Connection refused");
    }
  }
}
