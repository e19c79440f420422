package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Seen.NOW;
import static bench.podium.domain.lifecycle.Seen.awaited;
import static bench.podium.domain.lifecycle.Seen.only;
import static bench.podium.domain.lifecycle.Seen.ready;
import static bench.podium.domain.lifecycle.Seen.running;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.measure.MeasurementFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From T0 until all results are there. */
class StepResultsTest {

  private static final StepAttempt FIRST = new StepAttempt(0, 1);
  private static final Says ARMED = new Says.Armed();
  private static final Instant BOUND = NOW.plus(bound());

  @Test
  void asksSilentPodsForTheirStateAfterT0AndKeepsAsking() {
    // Given
    Observation seen =
        Seen.of(
            Seen.load(
                running(0, WorkerTalk.silent(), told(Told.Kind.ARM, 0, NOW.minusMillis(100))),
                running(1, WorkerTalk.silent(), told(Told.Kind.REPEAT, 0, NOW.minusMillis(100)))),
            ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(1)), seen);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            Decision.AskAgain.class,
            ask -> {
              assertThat(ask.ask()).isZero();
              assertThat(ask.workers()).extracting(WorkerObservation::index).containsOnly(0);
            });
    assertThat(awaited(decisions)).isEqualTo(Timing.NUDGE);
  }

  @Test
  void looksAgainSoonWhenAllSilentPodsWereJustAsked() {
    // Given
    Optional<Told> asked = told(Told.Kind.REPEAT, 0, NOW.minusMillis(100));
    Observation seen =
        Seen.of(
            Seen.load(
                running(0, WorkerTalk.silent(), asked), running(1, WorkerTalk.silent(), asked)),
            ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(1)), seen);

    // Then
    assertThat(awaited(decisions)).isLessThanOrEqualTo(Timing.NUDGE);
  }

  @Test
  void callsOffAtOnceWhenAPodLearnedOfT0TooLate() {
    // Given
    Observation seen = Seen.of(Seen.load(FIRST, ARMED, new Says.Late()), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(1)), seen);

    // Then
    assertThat(only(decisions, Decision.CallOffStep.class).next().atHand().voided()).isZero();
  }

  @Test
  void callsOffWhereAPodThatWasAskedAfterT0StillWaitsForTheTarget() {
    // Given: the operator was away when this attempt should have been called off
    Says waiting = new Says.Waiting(true, "GET /healthz: no answer");
    Optional<Told> asked = told(Told.Kind.REPEAT, 0, NOW.minus(Timing.NUDGE));
    Observation seen =
        Seen.of(
            Seen.load(Seen.worker(0, FIRST, waiting, asked), Seen.worker(1, FIRST, waiting, asked)),
            ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(3)), seen);

    // Then
    assertThat(only(decisions, Decision.CallOffStep.class).why()).contains("no answer");
  }

  @Test
  void leavesAPodThatWaitedForTheTargetItsTimeToAnswer() {
    // Given: its last word may be older than T0
    Says waiting = new Says.Waiting(true, "GET /healthz: no answer");
    Optional<Told> asked = told(Told.Kind.REPEAT, 0, NOW.minus(Timing.NUDGE).plusMillis(1));
    Observation seen =
        Seen.of(
            Seen.load(
                Seen.worker(0, FIRST, waiting, asked),
                Seen.worker(1, FIRST, waiting, told(Told.Kind.ARM, 0, NOW.minusSeconds(5)))),
            ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(3)), seen);

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(Decision.AskAgain.class);
  }

  @Test
  void asksForAMissingResultBeforeItIsGivenUpHoweverLateTheOperatorIs() {
    // Given
    Observation seen =
        Seen.of(
            Seen.load(
                running(0, WorkerTalk.silent(), Optional.empty()),
                running(1, WorkerTalk.silent(), Optional.empty())),
            new TargetObservation(
                "gin",
                new TargetObservation.State.Ready(),
                true,
                0,
                0,
                Optional.empty(),
                Set.of(),
                List.of()));
    Instant longAgo = NOW.minus(bound()).minusSeconds(600);

    // When
    List<Decision> decisions =
        new RunSequence(PlanFixture.plan(), longAgo).decide(Seen.intended(longAgo), seen, NOW);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            Decision.AskAgain.class, ask -> assertThat(ask.workers()).hasSize(2));
  }

  @Test
  void givesAMissingResultUpAfterTheSecondAsking() {
    // Given
    Optional<Told> asked = told(Told.Kind.REPEAT, 2, BOUND.plusSeconds(4));
    Observation seen =
        Seen.of(
            Seen.load(
                Seen.worker(0, FIRST, measured(0), Optional.empty()),
                Seen.worker(1, FIRST, new Says.Ran(), asked)),
            ready("gin"));

    // When
    List<Decision> decisions =
        new RunSequence(PlanFixture.plan(), PlanFixture.START)
            .decide(Seen.intended(NOW), seen, BOUND.plusSeconds(7));

    // Then
    assertThat(only(decisions, Decision.VoidAttempt.class).why()).contains("no result of load-1");
  }

  @Test
  void anOperatorThatHasReadNothingYetAsksOnceMoreWhereTheOneBeforeHadGivenUp() {
    // Given
    Optional<Told> asked = told(Told.Kind.REPEAT, Timing.ASKS, BOUND.plusSeconds(4));
    Observation seen =
        Seen.of(
            Seen.load(
                running(0, WorkerTalk.silent(), asked), running(1, WorkerTalk.silent(), asked)),
            ready("gin"));

    // When
    List<Decision> decisions =
        new RunSequence(PlanFixture.plan(), PlanFixture.START)
            .decide(Seen.intended(NOW), seen, BOUND.plusSeconds(60));

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            Decision.AskAgain.class, ask -> assertThat(ask.ask()).isEqualTo(Timing.ASKS + 1));
  }

  @ParameterizedTest(name = "asked {0} times: {1}")
  @CsvSource({"2, true", "29, true", "30, false"})
  void goesOnAskingAPodThatLivesSinceTheAskingMayNotHaveReachedIt(int asks, boolean again) {
    // Given
    Instant now = BOUND.plusSeconds(100);
    WorkerTalk alive =
        new WorkerTalk(
            Optional.of(FIRST),
            new Says.Ran(),
            Duration.ZERO,
            false,
            Optional.of(now.minusSeconds(2)),
            Optional.of(now.minusSeconds(60)),
            Optional.empty(),
            Optional.empty());
    Observation seen =
        Seen.of(
            Seen.load(
                Seen.worker(0, FIRST, measured(0), Optional.empty()),
                running(1, alive, told(Told.Kind.REPEAT, asks, now.minusSeconds(4)))),
            ready("gin"));

    // When
    List<Decision> decisions =
        new RunSequence(PlanFixture.plan(), PlanFixture.START)
            .decide(Seen.intended(NOW), seen, now);

    // Then
    assertThat(decisions.getFirst() instanceof Decision.AskAgain).isEqualTo(again);
  }

  private static Duration bound() {
    return Timing.resultBound(PlanFixture.plan().load(), PlanFixture.plan().steps().getFirst());
  }

  private static Says measured(int worker) {
    return new Says.Measured(MeasurementFixture.sound(worker));
  }

  private static Optional<Told> told(Told.Kind kind, int ask, Instant at) {
    return Seen.told(FIRST, kind, ask, at);
  }
}
