package bench.podium.worker;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.LoopbackTarget;
import bench.podium.wire.Command;
import bench.podium.wire.EpochMicros;
import bench.podium.wire.Fact;
import bench.podium.wire.Line;
import bench.podium.wire.ReportAssembler;
import bench.podium.wire.WireCodec;
import bench.podium.wire.WorkerReport;
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

/** The program itself, with the real wrk against a server on loopback. */
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
  void a_command_by_standard_input_is_obeyed_and_not_again_when_the_file_brings_it()
      throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      Command.Arm arm = arm(target.uri(), 1, 0, LEAD);
      // When
      worker.say(arm);
      worker.await(Fact.Armed.class);
      worker.command(arm);
      worker.await(Fact.ResultPart.class);
      worker.say(new Command.Finish());
      int status = worker.awaitEnd();
      // Then
      assertThat(status).isZero();
      assertThat(worker.facts(Fact.Armed.class)).hasSize(1);
      assertThat(worker.facts(Fact.Ran.class)).hasSize(1);
    }
  }

  @Test
  void an_attempt_from_its_command_to_its_result_and_its_repetition() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      Command.Arm arm = arm(target.uri(), 1, 1000, LEAD);
      // When
      worker.command(arm);
      Fact.Ran ran = worker.await(Fact.Ran.class);
      int parts = worker.await(Fact.ResultPart.class).parts();
      worker.command(new Command.Repeat(0, 1, 1));
      worker.await(Fact.ResultPart.class, 2 * parts);
      worker.command(new Command.Finish());
      int status = worker.awaitEnd();
      // Then
      assertThat(status).isZero();
      List<Line> lines = worker.lines();
      assertThat(lines.getFirst().fact()).isInstanceOf(Fact.Started.class);
      assertThat(lines.getLast().fact()).isEqualTo(new Fact.Bye());
      assertThat(lines).extracting(Line::sequence).isEqualTo(numbers(lines.size()));
      assertThat(worker.facts(Fact.Armed.class)).containsExactly(new Fact.Armed(0, 1));
      assertThat(worker.facts(Fact.Ran.class)).containsExactly(ran);
      assertThat(worker.facts(Fact.Alive.class)).isNotEmpty();
      WorkerReport report = report(worker);
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

  private static WorkerReport report(WorkerProcess worker) throws Exception {
    ReportAssembler assembler = new ReportAssembler(new WireCodec(), 0, 1);
    worker.facts(Fact.ResultPart.class).forEach(assembler::add);
    assertThat(assembler.ignored()).isZero();
    return assembler.report().orElseThrow();
  }

  @Test
  void a_higher_attempt_supersedes_a_running_one() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      worker.command(arm(target.uri(), 1, 0, LEAD));
      worker.await(Fact.Armed.class);
      Awaitility.await().until(() -> !target.requests().isEmpty());
      // When
      worker.command(arm(target.uri(), 2, 0, LEAD));
      Fact.Ran cut = worker.await(Fact.Ran.class);
      long arrivedOfFirst = target.requests().size();
      Fact.Ran whole = worker.await(Fact.Ran.class, 2).getLast();
      int parts = worker.await(Fact.ResultPart.class).parts();
      worker.command(new Command.Repeat(0, 1, 1));
      worker.await(Fact.Unknown.class);
      worker.command(new Command.Repeat(0, 2, 1));
      worker.await(Fact.ResultPart.class, 2 * parts);
      // Then
      assertThat(worker.facts(Fact.Ran.class)).containsExactly(cut, whole);
      assertThat(cut.attempt()).isEqualTo(1);
      assertThat(cut.cutShort()).isTrue();
      assertThat(cut.sent()).isBetween(arrivedOfFirst, arrivedOfFirst + 2);
      assertThat(whole.attempt()).isEqualTo(2);
      assertThat(whole.cutShort()).isFalse();
      assertThat(worker.facts(Fact.ResultPart.class)).allMatch(part -> part.attempt() == 2);
    }
  }

  @Test
  void an_aborted_attempt_sends_nothing() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      Command.Arm arm = arm(target.uri(), 1, 0, LEAD);
      worker.command(arm);
      worker.await(Fact.Armed.class);
      // When
      worker.say(new Command.Abort(0, 1));
      Fact.AttemptEnded ended = worker.await(Fact.AttemptEnded.class);
      worker.command(new Command.Abort(0, 1));
      worker.await(Fact.AttemptEnded.class, 2);
      // Then
      assertThat(ended).isEqualTo(new Fact.AttemptEnded(0, 1, 0));
      Awaitility.await()
          .during(Duration.ofMillis(500))
          .until(
              () ->
                  Instant.now().isAfter(EpochMicros.instant(arm.t0EpochMicros()).plusSeconds(1))
                      && target.requests().isEmpty());
      assertThat(worker.facts(Fact.Ran.class)).extracting(Fact.Ran::sent).containsExactly(0L);
    }
  }

  @Test
  void a_discarded_attempt_ends_and_says_exactly_how_many_requests_the_target_got()
      throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      worker.command(arm(target.uri(), 1, 10_000, LEAD));
      worker.await(Fact.Armed.class);
      Awaitility.await().until(() -> target.requests().size() > 100);
      // When
      worker.say(new Command.Discard(0, 1));
      Fact.AttemptEnded ended = worker.await(Fact.AttemptEnded.class);
      // Then
      Awaitility.await().until(() -> target.requests().size() == ended.sent());
      Fact.Ran ran = worker.await(Fact.Ran.class);
      assertThat(ran.sent()).isEqualTo(ended.sent());
      assertThat(ran.cutShort()).isTrue();
      worker.command(arm(target.uri(), 1, 10_000, LEAD));
      worker.command(arm(target.uri(), 2, 0, LEAD));
      assertThat(worker.await(Fact.Armed.class, 2)).last().isEqualTo(new Fact.Armed(0, 2));
      assertThat((long) target.requests().size()).isEqualTo(ended.sent());
    }
  }

  @Test
  void what_comes_late_or_cannot_be_read_starts_nothing() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering();
        WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // Given
      worker.command(arm(target.uri(), 1, 0, Duration.ofMillis(-1)));
      worker.await(Fact.Late.class);
      // When
      worker.raw("{\"version\":1,\"kind\":\"dance\"}");
      Fact.Refused refused = worker.await(Fact.Refused.class);
      worker.command(new Command.Repeat(0, 7, 1));
      Fact.Unknown unknown = worker.await(Fact.Unknown.class);
      worker.terminate();
      worker.awaitEnd();
      // Then
      assertThat(refused.reason()).contains("dance");
      assertThat(unknown).isEqualTo(new Fact.Unknown(0, 7));
      assertThat(worker.lines().getLast().fact()).isEqualTo(new Fact.Bye());
      assertThat(target.requests()).isEmpty();
    }
  }

  @Test
  void a_target_that_is_not_there_is_named() throws Exception {
    // Given
    URI nobody;
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      nobody = target.uri();
    }
    try (WorkerProcess worker = new WorkerProcess(directory, workload())) {
      // When
      worker.command(arm(nobody, 1, 0, LEAD));
      Fact.Waiting waiting = worker.await(Fact.Waiting.class);
      // Then
      assertThat(waiting.blame()).isEqualTo(Fact.Blame.TARGET);
      assertThat(waiting.reason()).isEqualTo("GET " + nobody + "/ready: Connection refused");
    }
  }
}
