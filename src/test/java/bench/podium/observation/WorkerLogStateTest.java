package bench.podium.observation;

import static bench.podium.observation.Lines.EPOCH_MICROS;
import static bench.podium.observation.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.MeasurementFixture;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.AttemptResult;
import bench.podium.protocol.DecodedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WorkerLogStateTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final AttemptId FIRST = new AttemptId(0, 1);

  private final WorkerLogState logState = new WorkerLogState(Lines.CODEC, Lines.RUN, Lines.POD);

  @Test
  void reportsTheLastStateOfTheNewestAttempt() {
    // Given
    logState.read(line(0, new AgentMessage.Armed(0, 1)), NOW);

    // When
    boolean relevant = logState.read(line(1, new AgentMessage.Late(0, 2)), NOW);

    // Then
    assertThat(relevant).isTrue();
    assertThat(logState.report().stateIn(new AttemptId(0, 2))).isEqualTo(new ReportedState.Late());
    assertThat(logState.report().stateIn(FIRST)).isEqualTo(new ReportedState.Nothing());
  }

  @Test
  void countsARepeatedLineOnce() {
    // Given
    logState.read(line(0, new AgentMessage.Armed(0, 1)), NOW);
    logState.read(line(1, new AgentMessage.Late(0, 1)), NOW);

    // When
    boolean relevant = logState.read(line(0, new AgentMessage.Armed(0, 1)), NOW);

    // Then
    assertThat(relevant).isFalse();
    assertThat(logState.report().stateIn(FIRST)).isEqualTo(new ReportedState.Late());
  }

  @Test
  void reportsTheRequestsSentInTheNewestFinishedAttempt() {
    // Given
    logState.read(line(0, new AgentMessage.Armed(0, 1)), NOW);
    logState.read(
        line(1, new AgentMessage.Ran(0, 1, EPOCH_MICROS, Optional.empty(), 3, 5, true)), NOW);

    // When
    boolean repeated = logState.read(line(2, new AgentMessage.AttemptEnded(0, 1, 5)), NOW);
    boolean next = logState.read(line(3, new AgentMessage.AttemptEnded(0, 2, 0)), NOW);

    // Then
    assertThat(repeated).isFalse();
    assertThat(next).isTrue();
    assertThat(logState.report().sentIn(new AttemptId(0, 2))).contains(0L);
    assertThat(logState.report().stateIn(FIRST)).isEqualTo(new ReportedState.Ran());
  }

  @Test
  void readsLinesAfterAGap() {
    // Given
    logState.read(line(0, new AgentMessage.Armed(0, 1)), NOW);

    // When
    boolean relevant = logState.read(line(900, new AgentMessage.Late(0, 1)), NOW);

    // Then
    assertThat(relevant).isTrue();
  }

  @Test
  void countsAndIgnoresLinesOfOtherPodsAndRuns() {
    // Given
    AgentMessage armed = new AgentMessage.Armed(0, 1);
    List<String> foreign =
        List.of(
            "panic: runtime error",
            "",
            "{}",
            line("run-2", Lines.POD, 0, EPOCH_MICROS, armed),
            line(Lines.RUN, "pod-2", 0, EPOCH_MICROS, armed),
            line(-1, armed),
            line(Long.MAX_VALUE, armed));

    // When
    boolean relevant =
        foreign.stream().map(text -> logState.read(text, NOW)).anyMatch(read -> read);

    // Then
    assertThat(relevant).isFalse();
    assertThat(logState.ignored()).isEqualTo(foreign.size());
    assertThat(logState.report().lastMessageAt()).isEmpty();
  }

  @Test
  void keepsACompleteResultAsTheFinalState() {
    // Given
    result(0, FIRST);

    // When
    boolean relevant = logState.read(line(100, new AgentMessage.Armed(0, 1)), NOW);

    // Then
    assertThat(relevant).isFalse();
    assertThat(logState.report().stateIn(FIRST)).isInstanceOf(ReportedState.Measured.class);
    assertThat(logState.result(FIRST)).contains(Lines.report(0, 1));
  }

  @Test
  void treatsARepeatedResultAsProofThatTheAttemptRan() {
    // Given: the line of the load's end was never read, and is not repeated
    AttemptResult report =
        new AttemptResult(0, 1, 1, 1, MeasurementFixture.sound(0), incompressible());
    List<AgentMessage.ResultPart> parts = Lines.CODEC.encodeResult(report);

    // When
    logState.read(line(7, parts.getFirst()), NOW);
    ReportedState afterOne = logState.report().stateIn(FIRST);
    for (int i = 1; i < parts.size(); i++) {
      logState.read(line(7 + i, parts.get(i)), NOW);
    }

    // Then
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(afterOne).isEqualTo(new ReportedState.Ran());
    assertThat(logState.result(FIRST)).contains(report);
  }

  @Test
  void replacesAResultWithANewerAttempt() {
    // Given
    result(0, FIRST);

    // When
    logState.read(line(100, new AgentMessage.Armed(0, 2)), NOW);

    // Then
    assertThat(logState.report().stateIn(FIRST)).isEqualTo(new ReportedState.Nothing());
    assertThat(logState.result(FIRST)).isEmpty();
    assertThat(logState.result(new AttemptId(0, 2))).isEmpty();
  }

  @Test
  void dropsAResultOfAnOlderAttempt() {
    // Given
    logState.read(line(0, new AgentMessage.Armed(1, 1)), NOW);

    // When
    result(1, FIRST);

    // Then
    assertThat(logState.report().stateIn(new AttemptId(1, 1))).isEqualTo(new ReportedState.Armed());
    assertThat(logState.result(FIRST)).isEmpty();
  }

  @Test
  void ignoresDelayedLinesInTheClockOffset() {
    // Given
    long ahead = EPOCH_MICROS + 300_000;
    logState.read(line(Lines.RUN, Lines.POD, 0, ahead, new AgentMessage.Alive()), NOW);

    // When
    logState.read(
        line(Lines.RUN, Lines.POD, 1, ahead, new AgentMessage.Alive()), NOW.plusSeconds(60));

    // Then
    assertThat(logState.report().clockAhead()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void remembersThatThePodHasStopped() {
    // Given
    logState.read(line(0, new AgentMessage.Ran(0, 1, 0, Optional.empty(), 1, 1, false)), NOW);

    // When
    boolean relevant = logState.read(line(1, new AgentMessage.Stopped()), NOW);

    // Then
    assertThat(relevant).isTrue();
    assertThat(logState.report().stopped()).isTrue();
    assertThat(logState.report().stateIn(FIRST)).isEqualTo(new ReportedState.Ran());
  }

  @Property(tries = 100)
  void isIdempotentWhenALogIsReadRepeatedly(@ForAll Random random) {
    // Given
    List<String> log = new ArrayList<>();
    for (int sequence = 0; sequence < 20; sequence++) {
      log.add(line(sequence, new AgentMessage.Armed(random.nextInt(3), 1 + random.nextInt(2))));
    }
    WorkerLogState once = new WorkerLogState(Lines.CODEC, Lines.RUN, Lines.POD);
    log.forEach(text -> once.read(text, NOW));

    // When
    WorkerLogState again = new WorkerLogState(Lines.CODEC, Lines.RUN, Lines.POD);
    for (int time = 0; time < 3; time++) {
      log.subList(0, random.nextInt(log.size())).forEach(text -> again.read(text, NOW));
    }
    log.forEach(text -> again.read(text, NOW));

    // Then
    assertThat(again.report()).isEqualTo(once.report());
    assertThat(again.report().attempt())
        .contains(Collections.max(log.stream().map(WorkerLogStateTest::attemptOf).toList()));
  }

  private static AttemptId attemptOf(String text) {
    DecodedMessage.Read read = (DecodedMessage.Read) Lines.CODEC.decodeLine(text);
    AgentMessage.Armed armed = (AgentMessage.Armed) read.line().message();
    return new AttemptId(armed.step(), armed.attempt());
  }

  private static String incompressible() {
    return new Random(1)
        .ints(12_000, ' ', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private void result(long from, AttemptId attempt) {
    long sequence = from;
    for (AgentMessage.ResultPart part : Lines.parts(attempt.step(), attempt.attempt())) {
      logState.read(line(sequence++, part), NOW);
    }
  }
}
