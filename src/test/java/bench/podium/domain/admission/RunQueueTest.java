package bench.podium.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.admission.RunQueue.Admission;
import bench.podium.domain.admission.RunQueue.Candidate;
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
    Admission admission = RunQueue.admission("a", candidates);

    // Then
    assertThat(admission).isEqualTo(new Admission.Admitted());
  }

  @Test
  void namesTheRunThatBlocksAQueuedRun() {
    // Given
    Candidate active = new Candidate("bench", "z", "z", Instant.EPOCH, true);
    List<Candidate> candidates = List.of(waiting("b", 2), waiting("a", 1), active);

    // When
    Admission admission = RunQueue.admission("b", candidates);

    // Then
    assertThat(admission).isEqualTo(new Admission.Queued(2, "bench/z"));
  }

  @Test
  void ordersRunsWithEqualTimesByName() {
    // Given
    List<Candidate> candidates = List.of(waiting("b", 1), waiting("a", 1));

    // When
    Admission admission = RunQueue.admission("b", candidates);

    // Then
    assertThat(admission).isEqualTo(new Admission.Queued(1, "bench/a"));
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
    List<Admission> admissions =
        candidates.stream().map(run -> RunQueue.admission(run.uid(), candidates)).toList();

    // Then
    assertThat(admissions)
        .containsExactly(
            new Admission.Queued(3, "bench/a"),
            new Admission.Queued(2, "bench/a"),
            new Admission.Queued(1, "bench/a"),
            new Admission.Admitted());
  }

  @Test
  void queuesARunWithoutProgressAfterAllOthers() {
    // Given
    Candidate withoutProgress = new Candidate("bench", "a", "a", Instant.EPOCH, false, true);
    List<Candidate> candidates = List.of(withoutProgress, waiting("c", 2), waiting("b", 1));

    // When
    Admission admission = RunQueue.admission("a", candidates);

    // Then
    assertThat(admission).isEqualTo(new Admission.Queued(2, "bench/b"));
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
    Duration interval = RunQueue.pollInterval(position);

    // Then
    assertThat(interval).isEqualTo(Duration.ofSeconds(seconds));
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
    List<Admission> admissions =
        candidates.stream().map(each -> RunQueue.admission(each.uid(), candidates)).toList();

    // Then
    assertThat(admissions).containsOnlyOnce(new Admission.Admitted());
    assertThat(admissions.stream().distinct()).hasSize(runs);
  }

  private static Candidate candidate(String namespace, String name) {
    return new Candidate(namespace, name, namespace + "/" + name, Instant.ofEpochSecond(1), false);
  }

  private static Candidate waiting(String name, int second) {
    return new Candidate("bench", name, name, Instant.ofEpochSecond(second), false);
  }
}
