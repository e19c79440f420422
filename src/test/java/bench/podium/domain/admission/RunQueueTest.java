package bench.podium.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.admission.RunQueue.Candidate;
import bench.podium.domain.admission.RunQueue.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunQueueTest {

  @Test
  void admitsTheFirstRunWhenTheSlotIsFree() {
    // Given
    List<Candidate> candidates = List.of(waiting("b", 2), waiting("a", 1));

    // When
    Turn turn = RunQueue.turn("a", candidates);

    // Then
    assertThat(turn).isEqualTo(new Turn.Now());
  }

  @Test
  void namesTheRunThatBlocksAQueuedRun() {
    // Given
    Candidate active = new Candidate("bench", "z", "z", Instant.EPOCH, true);
    List<Candidate> candidates = List.of(waiting("b", 2), waiting("a", 1), active);

    // When
    Turn turn = RunQueue.turn("b", candidates);

    // Then
    assertThat(turn).isEqualTo(new Turn.Later(2, "bench/z"));
  }

  @Test
  void ordersRunsWithEqualTimesByName() {
    // Given
    List<Candidate> candidates = List.of(waiting("b", 1), waiting("a", 1));

    // When
    Turn turn = RunQueue.turn("b", candidates);

    // Then
    assertThat(turn).isEqualTo(new Turn.Later(1, "bench/a"));
  }

  /** Creation times are whole seconds. */
  @Test
  void ordersRunsOfOneSecondByNamespaceAndNameAsText() {
    // Given: in the order in which they were created
    List<Candidate> candidates =
        List.of(
            candidate("zoo", "a"),
            candidate("bench", "run-2"),
            candidate("bench", "run-10"),
            candidate("bench", "a"));

    // When
    List<Turn> turns =
        candidates.stream().map(run -> RunQueue.turn(run.uid(), candidates)).toList();

    // Then
    assertThat(turns)
        .containsExactly(
            new Turn.Later(3, "bench/a"),
            new Turn.Later(2, "bench/a"),
            new Turn.Later(1, "bench/a"),
            new Turn.Now());
  }

  @Test
  void queuesARunWithoutProgressAfterAllOthers() {
    // Given
    Candidate withoutProgress = new Candidate("bench", "a", "a", Instant.EPOCH, false, true);
    List<Candidate> candidates = List.of(withoutProgress, waiting("c", 2), waiting("b", 1));

    // When
    Turn turn = RunQueue.turn("a", candidates);

    // Then
    assertThat(turn).isEqualTo(new Turn.Later(2, "bench/b"));
  }

  @Test
  void admitsNoRunWhileTheSlotIsOccupied() {
    // Given
    Candidate active = new Candidate("bench", "z", "z", Instant.EPOCH, true);

    // When
    Optional<Candidate> whileOccupied = RunQueue.next(List.of(waiting("a", 1), active));
    Optional<Candidate> whileFree = RunQueue.next(List.of(waiting("b", 2), waiting("a", 1)));

    // Then
    assertThat(whileOccupied).isEmpty();
    assertThat(whileFree).contains(waiting("a", 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 10", "20, 10", "21, 60", "500, 60"})
  void pollsMoreOftenTheCloserTheRunIsToItsAdmission(int position, int seconds) {
    // When
    Duration look = RunQueue.look(position);

    // Then
    assertThat(look).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Property(tries = 100)
  void admitsExactlyOneRunWhateverTheOrderOfTheList(
      @ForAll @IntRange(min = 1, max = 20) int runs, @ForAll Random random) {
    // Given
    List<Candidate> candidates = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      candidates.add(waiting("run-" + run, random.nextInt(3)));
    }
    Collections.shuffle(candidates, random);

    // When
    List<Turn> turns =
        candidates.stream().map(each -> RunQueue.turn(each.uid(), candidates)).toList();

    // Then
    assertThat(turns).containsOnlyOnce(new Turn.Now());
    assertThat(turns.stream().distinct()).hasSize(runs);
  }

  private static Candidate candidate(String namespace, String name) {
    return new Candidate(namespace, name, namespace + "/" + name, Instant.ofEpochSecond(1), false);
  }

  private static Candidate waiting(String name, int second) {
    return new Candidate("bench", name, name, Instant.ofEpochSecond(second), false);
  }
}
