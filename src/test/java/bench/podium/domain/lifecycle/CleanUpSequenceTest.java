package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Seen.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CleanUpSequenceTest {

  private static final StepAttempt NONE = new StepAttempt(-1, 0);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final List<TargetObservation> TARGETS =
      List.of(
          Seen.ready("chi"),
          Seen.target("gin", new TargetObservation.State.Leaving(NOW.plusSeconds(9))));

  @Test
  void tellsLoadPodsThatNothingMoreWillCome() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.None(), NOW);

    // When
    List<Decision> decisions = sequence.decide(List.of(talking(untold())), TARGETS, true, NOW);

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(Decision.SayFinish.class);
    assertThat(decisions).noneMatch(Decision.RemoveLoad.class::isInstance);
  }

  @Test
  void removesWhatStandsOnceAllHaveSaidBye() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.None(), NOW);

    // When
    List<Decision> decisions = sequence.decide(List.of(silent()), TARGETS, true, NOW);

    // Then
    assertThat(decisions)
        .containsExactly(
            new Decision.RemoveLoad(),
            new Decision.RemoveTarget("chi"),
            new Decision.Await(Timing.LOOK, "the run's pods to be gone"));
  }

  @Test
  void removesPodsThatDoNotAnswerInTime() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.None(), NOW.minus(Timing.BYE));
    Optional<Told> told = Seen.told(NONE, Told.Kind.FINISH, 0, NOW.minus(Timing.BYE));

    // When
    List<Decision> decisions = sequence.decide(List.of(talking(told)), TARGETS, true, NOW);

    // Then
    assertThat(decisions).contains(new Decision.RemoveLoad());
  }

  @Test
  void keepsWhatIsToBeKeptOnceTheLoadPodsHaveEnded() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.Forever(), NOW);

    // When
    List<Decision> decisions = sequence.decide(List.of(silent()), TARGETS, true, NOW);

    // Then
    assertThat(decisions).isEmpty();
  }

  @Test
  void keepsItForItsTimeAndSaysWhenThatIsOver() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.For(HOUR), NOW.minusSeconds(600));

    // When
    List<Decision> decisions = sequence.decide(List.of(silent()), TARGETS, true, NOW);

    // Then
    assertThat(decisions)
        .containsExactly(
            new Decision.Await(Duration.ofMinutes(50), "the time of what is kept to pass"));
  }

  @Test
  void removesItAtTheInstantWhenItsTimeIsOver() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.For(HOUR), NOW.minus(HOUR));

    // When
    List<Decision> decisions = sequence.decide(List.of(silent()), TARGETS, true, NOW);

    // Then
    assertThat(decisions)
        .containsExactly(
            new Decision.RemoveLoad(),
            new Decision.RemoveTarget("chi"),
            new Decision.Await(Timing.LOOK, "the run's pods to be gone"));
  }

  @Test
  void waitsForNothingWhereNothingIsKept() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.For(HOUR), NOW);

    // When
    List<Decision> decisions = sequence.decide(List.of(), List.of(), false, NOW);

    // Then
    assertThat(decisions).isEmpty();
  }

  @Test
  void aKeptLoadPodThatDoesNotObeyGoesBeforeTheTimeOfTheRest() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.For(HOUR), NOW.minusSeconds(20));
    Optional<Told> told = Seen.told(NONE, Told.Kind.FINISH, 0, NOW.minus(Timing.BYE));

    // When
    List<Decision> decisions = sequence.decide(List.of(talking(told)), TARGETS, true, NOW);

    // Then
    assertThat(decisions)
        .containsExactly(
            new Decision.RemoveLoad(),
            new Decision.Await(Timing.LOOK, "the run's pods to be gone"));
  }

  @Test
  void tellsPodsOfTheEndEvenWhenTheOperatorWasAwayThen() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.Forever(), NOW.minusSeconds(20));

    // When
    List<Decision> decisions = sequence.decide(List.of(talking(untold())), TARGETS, true, NOW);

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(Decision.SayFinish.class);
  }

  @Test
  void removesKeptLoadPodsThatDoNotObey() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.Forever(), NOW.minusSeconds(20));
    Optional<Told> told = Seen.told(NONE, Told.Kind.FINISH, 0, NOW.minus(Timing.BYE));

    // When
    List<Decision> decisions = sequence.decide(List.of(talking(told)), TARGETS, true, NOW);

    // Then
    assertThat(decisions).startsWith(new Decision.RemoveLoad());
    assertThat(decisions).noneMatch(Decision.RemoveTarget.class::isInstance);
  }

  @Test
  void endsWhateverThePodsDo() {
    for (Retention retention :
        List.of(new Retention.None(), new Retention.Forever(), new Retention.For(HOUR))) {
      // Given
      CleanUpSequence sequence = new CleanUpSequence(retention, NOW);
      List<WorkerObservation> workers = List.of(talking(untold()));
      Instant now = NOW;

      // When
      while (!workers.isEmpty() && now.isBefore(NOW.plusSeconds(120))) {
        for (Decision decision : sequence.decide(workers, List.of(), true, now)) {
          switch (decision) {
            case Decision.SayFinish say ->
                workers = List.of(talking(Seen.told(NONE, Told.Kind.FINISH, 0, now)));
            case Decision.RemoveLoad remove -> workers = List.of();
            case Decision.Await(Duration atMost, String what) -> now = now.plus(atMost);
            default -> throw new AssertionError(decision);
          }
        }
      }

      // Then
      assertThat(workers).isEmpty();
    }
  }

  private static Optional<Told> untold() {
    return Optional.empty();
  }

  private static WorkerObservation talking(Optional<Told> told) {
    return Seen.worker(0, new StepAttempt(0, 1), new Says.Ran(), told);
  }

  private static WorkerObservation silent() {
    WorkerTalk bye =
        new WorkerTalk(
            Optional.empty(),
            new Says.Nothing(),
            Duration.ZERO,
            true,
            Optional.of(NOW),
            Optional.of(NOW),
            Optional.empty(),
            Optional.empty());
    return Seen.worker(0, new State.Running(), bye, untold());
  }
}
