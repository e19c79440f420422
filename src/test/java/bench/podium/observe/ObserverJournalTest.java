package bench.podium.observe;

import static bench.podium.observe.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.StepAttempt;
import bench.podium.domain.measure.TargetSample;
import bench.podium.wire.Fact;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserverJournalTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

  private final ObserverJournal journal = new ObserverJournal(Lines.CODEC, Lines.RUN, Lines.POD);

  @Test
  void keepsEachLookOnceInTheOrderOfTheirTimes() {
    // Given
    journal.read(line(3, sample(3)), NOW);
    journal.read(line(2, sample(2)), NOW);

    // When
    journal.read(line(9, sample(2)), NOW);

    // Then
    assertThat(indexes()).containsExactly(2L, 3L);
  }

  @Test
  void aLookWakesNobody() {
    // When / Then
    assertThat(journal.read(line(0, sample(0)), NOW)).isFalse();
  }

  @Test
  void knowsWhatWasRepeatedAndThatNothingMoreComes() {
    // When
    boolean repeated = journal.read(line(5, new Fact.Repeated(2, 1, 1)), NOW);
    boolean bye = journal.read(line(6, new Fact.Bye()), NOW);

    // Then
    assertThat(repeated && bye).as("a decision may hang on them").isTrue();
    assertThat(journal.talk().repeated()).contains(new StepAttempt(2, 1));
    assertThat(journal.talk().saidBye()).isTrue();
  }

  @Test
  void knowsWhoRunsAsItsUser() {
    // When
    boolean wakes = journal.read(line(7, new Fact.SharedUser("target")), NOW);

    // Then
    assertThat(wakes).as("a decision hangs on it").isTrue();
    assertThat(journal.talk().sharedUser()).contains("target");
  }

  @Test
  void believesNoLineOfAnotherPodOrRunAndNothingElse() {
    // When
    journal.read(line(Lines.RUN, "pod-2", 0, Lines.EPOCH_MICROS, sample(0)), NOW);
    journal.read(line("run-2", Lines.POD, 0, Lines.EPOCH_MICROS, sample(0)), NOW);
    journal.read("GET /plaintext 200", NOW);
    journal.read(line(0, new Fact.Armed(0, 1)), NOW);

    // Then
    assertThat(indexes()).isEmpty();
  }

  private List<Long> indexes() {
    return journal.talk().samples().samples().stream().map(TargetSample::index).toList();
  }

  private static Fact.Sample sample(long index) {
    return new Fact.Sample(
        index, Lines.EPOCH_MICROS + index * 1_000_000, index, 1000, 4, List.of(77L));
  }
}
