package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.PlanFixture.seconds;
import static bench.podium.domain.lifecycle.Seen.NOW;
import static bench.podium.domain.lifecycle.Seen.awaited;
import static bench.podium.domain.lifecycle.Seen.only;
import static bench.podium.domain.lifecycle.Seen.ready;
import static bench.podium.domain.lifecycle.Seen.running;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From the intention of a step to its T0. */
class StepStartTest {

  private static final StepAttempt FIRST = new StepAttempt(0, 1);
  private static final Says NOTHING = new Says.Nothing();
  private static final Says ARMED = new Says.Armed();

  @Test
  void startsAfterTheLeadByTheClockThatIsFurthestAhead() {
    // Given
    Observation seen =
        Seen.of(
            Seen.load(
                running(0, Seen.clockAhead(Duration.ofMillis(700)), Optional.empty()),
                running(1, Seen.clockAhead(Duration.ofMillis(-900)), Optional.empty())),
            ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Progress.atAdmission(PlanFixture.START), seen);

    // Then
    assertThat(only(decisions, Decision.IntendStep.class).next().t0())
        .contains(NOW.plusMillis(3200));
  }

  @Test
  void commandsOnlyThosePodsThatHaveNotArmedAndWereNotToldJustNow() {
    // Given
    Progress progress = Seen.intended(NOW.plusSeconds(2));
    Observation seen =
        Seen.of(
            Seen.load(
                Seen.worker(0, FIRST, ARMED, Optional.empty()),
                Seen.worker(1, FIRST, NOTHING, told(Told.Kind.ARM, 0, NOW.minusMillis(401)))),
            ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(progress, seen);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            Decision.ArmWorkers.class,
            arm -> assertThat(arm.workers()).extracting(WorkerObservation::index).containsOnly(1));
    assertThat(awaited(decisions)).isEqualTo(Timing.NUDGE);
  }

  @Test
  void doesNotBelieveACommandOfTheFuture() {
    // Given
    Observation seen =
        Seen.of(
            Seen.load(
                Seen.worker(0, FIRST, ARMED, Optional.empty()),
                Seen.worker(1, FIRST, NOTHING, told(Told.Kind.ARM, 0, NOW.plusSeconds(900)))),
            ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.plusSeconds(2)), seen);

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(Decision.ArmWorkers.class);
  }

  @Test
  void callsOffWhoeverIsNotArmedShortlyBeforeT0() {
    // Given
    Observation seen = Seen.of(Seen.load(FIRST, ARMED, NOTHING), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.plusMillis(300)), seen);

    // Then
    assertThat(only(decisions, Decision.CallOffStep.class).why()).contains("load-1");
  }

  @Test
  void waitsForT0OnceAllAreArmed() {
    // Given
    Observation seen = Seen.of(Seen.load(FIRST, ARMED, ARMED), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.plusMillis(200)), seen);

    // Then
    assertThat(awaited(decisions)).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void doesNotCallOffAPodThatIsThroughBeforeTheOperatorsOwnClockSaysT0() {
    // Given
    Observation seen = Seen.of(Seen.load(FIRST, new Says.Ran(), ARMED), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.plusMillis(100)), seen);

    // Then
    assertThat(awaited(decisions)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void newLoadPodsThatHaveNotSaidAWordAreWaitedForAndThenGivenTheNextLead() {
    // Given
    Observation silent =
        Seen.of(
            Seen.load(
                Seen.running(0, WorkerTalk.silent(), Optional.empty()),
                Seen.running(1, Seen.clockAhead(Duration.ZERO), Optional.empty())),
            ready("gin"));
    Progress first = Progress.atAdmission(NOW.minus(Timing.firstWord(2, seconds(120))));
    Progress sooner =
        Progress.atAdmission(NOW.minus(Timing.firstWord(2, seconds(120))).plusMillis(1));

    // When
    List<Decision> waiting = Seen.decide(sooner, silent);
    List<Decision> starting = Seen.decide(first, silent);
    List<Decision> unread = Seen.decide(sooner.loadHasArmed(), silent);

    // Then
    assertThat(awaited(waiting)).isEqualTo(Timing.NUDGE);
    assertThat(only(starting, Decision.IntendStep.class).next().t0()).contains(NOW.plusSeconds(5));
    assertThat(only(unread, Decision.IntendStep.class).next().t0())
        .as("an operator that has just come back")
        .contains(NOW.plus(Timing.LEAD));
  }

  @Test
  void aTargetWhoseNodeHasAClockAheadIsNotTakenForOneThatRestarted() {
    // Given
    Instant ahead = NOW.plusSeconds(5);
    TargetObservation target =
        new TargetObservation(
            "gin",
            new TargetObservation.State.Ready(),
            true,
            0,
            0,
            Optional.of(ahead),
            Set.of(),
            List.of());
    Observation seen = Seen.of(Seen.load(FIRST, NOTHING, NOTHING), target);

    // When
    List<Decision> decisions = Seen.decide(Progress.atAdmission(PlanFixture.START), seen);

    // Then
    assertThat(only(decisions, Decision.IntendStep.class).next().atHand().intendedAt())
        .hasValueSatisfying(intended -> assertThat(intended).isAfter(ahead));
  }

  @Test
  void aLongLeadDoesNotReachBeyondTheTimeForArming() {
    // Given: the fourth attempt, which would have a lead of 20 s
    Progress almostOver = calledOffThreeTimes(NOW.minusSeconds(110));

    // When
    List<Decision> decisions = Seen.decide(almostOver, bothSilent());

    // Then
    assertThat(only(decisions, Decision.IntendStep.class).next().t0())
        .contains(NOW.plusSeconds(10));
  }

  @Test
  void anOperatorThatWasAwayPastTheTimeForArmingHasItsWholeLead() {
    // Given
    Progress over = calledOffThreeTimes(NOW.minusSeconds(300));

    // When
    List<Decision> decisions = Seen.decide(over, bothSilent());

    // Then
    assertThat(only(decisions, Decision.IntendStep.class).next().t0())
        .contains(NOW.plusSeconds(20));
  }

  @Test
  void aPodThatBlamedTheTargetBeforeBlamesItStillWhereItHasNotSpokenSince() {
    // Given: the second attempt is called off past the time for arming
    Instant since = NOW.minusSeconds(121);
    Progress second =
        Seen.aborted(
                Progress.atAdmission(since).intend(since, since.plusSeconds(2)),
                since.plusSeconds(1))
            .intend(NOW.minusSeconds(2), NOW.plusMillis(300));
    Says waits = new Says.Waiting(true, "no answer");

    // When
    List<Decision> decisions =
        Seen.decide(second, Seen.of(Seen.load(FIRST, waits, waits), ready("gin")));

    // Then
    assertThat(only(decisions, Decision.GiveUpStep.class).next().atHand().end())
        .hasValueSatisfying(end -> assertThat(end).isInstanceOf(StepEnd.TargetEnds.class));
  }

  private static Progress calledOffThreeTimes(Instant since) {
    Progress progress = Progress.atAdmission(since);
    for (int attempt = 0; attempt < 3; attempt++) {
      progress = Seen.aborted(progress.intend(since, since.plusSeconds(2)), since.plusSeconds(1));
    }
    return progress;
  }

  private static Observation bothSilent() {
    return Seen.of(Seen.load(FIRST, NOTHING, NOTHING), ready("gin"));
  }

  private static Optional<Told> told(Told.Kind kind, int ask, Instant at) {
    return Seen.told(FIRST, kind, ask, at);
  }
}
