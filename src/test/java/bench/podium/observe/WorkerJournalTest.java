package bench.podium.observe;

import static bench.podium.observe.Lines.EPOCH_MICROS;
import static bench.podium.observe.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.StepAttempt;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.measure.MeasurementFixture;
import bench.podium.wire.DecodedLine;
import bench.podium.wire.Fact;
import bench.podium.wire.WorkerReport;
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

class WorkerJournalTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final StepAttempt FIRST = new StepAttempt(0, 1);

  private final WorkerJournal journal = new WorkerJournal(Lines.CODEC, Lines.RUN, Lines.POD);

  @Test
  void keepsThePodsLastWordOnTheNewestAttempt() {
    // Given
    journal.read(line(0, new Fact.Armed(0, 1)), NOW);

    // When
    boolean news = journal.read(line(1, new Fact.Late(0, 2)), NOW);

    // Then
    assertThat(news).isTrue();
    assertThat(journal.talk().of(new StepAttempt(0, 2))).isEqualTo(new Says.Late());
    assertThat(journal.talk().of(FIRST)).isEqualTo(new Says.Nothing());
  }

  @Test
  void aLineThatComesAgainCountsOnce() {
    // Given
    journal.read(line(0, new Fact.Armed(0, 1)), NOW);
    journal.read(line(1, new Fact.Late(0, 1)), NOW);

    // When
    boolean news = journal.read(line(0, new Fact.Armed(0, 1)), NOW);

    // Then
    assertThat(news).isFalse();
    assertThat(journal.talk().of(FIRST)).isEqualTo(new Says.Late());
  }

  @Test
  void knowsHowMuchWasSentInTheNewestAttemptThatIsOver() {
    // Given
    journal.read(line(0, new Fact.Armed(0, 1)), NOW);
    journal.read(line(1, new Fact.Ran(0, 1, EPOCH_MICROS, Optional.empty(), 3, 5, true)), NOW);

    // When
    boolean repeated = journal.read(line(2, new Fact.AttemptEnded(0, 1, 5)), NOW);
    boolean next = journal.read(line(3, new Fact.AttemptEnded(0, 2, 0)), NOW);

    // Then
    assertThat(repeated).isFalse();
    assertThat(next).isTrue();
    assertThat(journal.talk().sentIn(new StepAttempt(0, 2))).contains(0L);
    assertThat(journal.talk().of(FIRST)).isEqualTo(new Says.Ran());
  }

  @Test
  void linesThatAreMissingDoNotStopTheOthers() {
    // Given
    journal.read(line(0, new Fact.Armed(0, 1)), NOW);

    // When
    boolean news = journal.read(line(900, new Fact.Late(0, 1)), NOW);

    // Then
    assertThat(news).isTrue();
  }

  @Test
  void whatIsNotOfThisPodOfThisRunIsCountedAndIgnored() {
    // Given
    Fact armed = new Fact.Armed(0, 1);
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
    boolean news = foreign.stream().map(text -> journal.read(text, NOW)).anyMatch(read -> read);

    // Then
    assertThat(news).isFalse();
    assertThat(journal.ignored()).isEqualTo(foreign.size());
    assertThat(journal.talk().lastHeard()).isEmpty();
  }

  @Test
  void aWholeResultIsTheLastWordOnItsAttempt() {
    // Given
    result(0, FIRST);

    // When
    boolean news = journal.read(line(100, new Fact.Armed(0, 1)), NOW);

    // Then
    assertThat(news).isFalse();
    assertThat(journal.talk().of(FIRST)).isInstanceOf(Says.Measured.class);
    assertThat(journal.report(FIRST)).contains(Lines.report(0, 1));
  }

  @Test
  void aRepeatedResultSaysByItselfThatThePodRan() {
    // Given: the line of the load's end was never read, and is not repeated
    WorkerReport report =
        new WorkerReport(0, 1, 1, 1, MeasurementFixture.sound(0), incompressible());
    List<Fact.ResultPart> parts = Lines.CODEC.encodeReport(report);

    // When
    journal.read(line(7, parts.getFirst()), NOW);
    Says afterOne = journal.talk().of(FIRST);
    for (int i = 1; i < parts.size(); i++) {
      journal.read(line(7 + i, parts.get(i)), NOW);
    }

    // Then
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(afterOne).isEqualTo(new Says.Ran());
    assertThat(journal.report(FIRST)).contains(report);
  }

  @Test
  void aNewerAttemptReplacesAResult() {
    // Given
    result(0, FIRST);

    // When
    journal.read(line(100, new Fact.Armed(0, 2)), NOW);

    // Then
    assertThat(journal.talk().of(FIRST)).isEqualTo(new Says.Nothing());
    assertThat(journal.report(FIRST)).isEmpty();
    assertThat(journal.report(new StepAttempt(0, 2))).isEmpty();
  }

  @Test
  void aResultOfAnOlderAttemptIsDropped() {
    // Given
    journal.read(line(0, new Fact.Armed(1, 1)), NOW);

    // When
    result(1, FIRST);

    // Then
    assertThat(journal.talk().of(new StepAttempt(1, 1))).isEqualTo(new Says.Armed());
    assertThat(journal.report(FIRST)).isEmpty();
  }

  @Test
  void aLineThatWasReadLateDoesNotMakeAClockLookSlow() {
    // Given
    long ahead = EPOCH_MICROS + 300_000;
    journal.read(line(Lines.RUN, Lines.POD, 0, ahead, new Fact.Alive()), NOW);

    // When
    journal.read(line(Lines.RUN, Lines.POD, 1, ahead, new Fact.Alive()), NOW.plusSeconds(60));

    // Then
    assertThat(journal.talk().clockAhead()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void remembersThatThePodSaidBye() {
    // Given
    journal.read(line(0, new Fact.Ran(0, 1, 0, Optional.empty(), 1, 1, false)), NOW);

    // When
    boolean news = journal.read(line(1, new Fact.Bye()), NOW);

    // Then
    assertThat(news).isTrue();
    assertThat(journal.talk().saidBye()).isTrue();
    assertThat(journal.talk().of(FIRST)).isEqualTo(new Says.Ran());
  }

  @Property(tries = 100)
  void readingALogAgainAndAgainChangesNothing(@ForAll Random random) {
    // Given
    List<String> log = new ArrayList<>();
    for (int sequence = 0; sequence < 20; sequence++) {
      log.add(line(sequence, new Fact.Armed(random.nextInt(3), 1 + random.nextInt(2))));
    }
    WorkerJournal once = new WorkerJournal(Lines.CODEC, Lines.RUN, Lines.POD);
    log.forEach(text -> once.read(text, NOW));

    // When
    WorkerJournal again = new WorkerJournal(Lines.CODEC, Lines.RUN, Lines.POD);
    for (int time = 0; time < 3; time++) {
      log.subList(0, random.nextInt(log.size())).forEach(text -> again.read(text, NOW));
    }
    log.forEach(text -> again.read(text, NOW));

    // Then
    assertThat(again.talk()).isEqualTo(once.talk());
    assertThat(again.talk().about())
        .contains(Collections.max(log.stream().map(WorkerJournalTest::attemptOf).toList()));
  }

  private static StepAttempt attemptOf(String text) {
    DecodedLine.Read read = (DecodedLine.Read) Lines.CODEC.decodeLine(text);
    Fact.Armed armed = (Fact.Armed) read.line().fact();
    return new StepAttempt(armed.step(), armed.attempt());
  }

  private static String incompressible() {
    return new Random(1)
        .ints(12_000, ' ', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private void result(long from, StepAttempt attempt) {
    long sequence = from;
    for (Fact.ResultPart part : Lines.parts(attempt.step(), attempt.attempt())) {
      journal.read(line(sequence++, part), NOW);
    }
  }
}
