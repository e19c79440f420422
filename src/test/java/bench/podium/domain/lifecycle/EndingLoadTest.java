package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Seen.NOW;
import static bench.podium.domain.lifecycle.Seen.only;
import static bench.podium.domain.lifecycle.Seen.ready;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.AttemptRecord;
import bench.podium.domain.judge.AttemptRecord.Outcome;
import bench.podium.domain.judge.RowReason;
import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Ended;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From an attempt that was given up to the next. */
class EndingLoadTest {

  private static final StepAttempt FIRST = new StepAttempt(0, 1);
  private static final Trouble KILLED = new Trouble(Trouble.Kind.OOM_KILLED, "killed");

  /** Given up 300 ms before its T0, which is 100 ms ahead. */
  private static final Progress ABORTED =
      Seen.intended(NOW.plusMillis(100))
          .callOff(PlanFixture.plan(), NOW.minusMillis(200), "not armed");

  /** Given up 200 ms ago, 3 s after its T0. */
  private static final Progress DISCARDED =
      Seen.intended(NOW.minusSeconds(3))
          .voidAttempt(PlanFixture.plan(), NOW.minusMillis(200), "restarted");

  @Test
  void tellsThoseWhoHaveNotSaidThatItIsOverAndSchedulesNothing() {
    // Given
    Observation seen = seen(ended(0, 0), told(1, NOW.minusMillis(400)));

    // When
    List<Decision> decisions = Seen.decide(ABORTED, seen);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            Decision.StopAttempt.class,
            stop -> assertThat(stop.workers()).extracting(WorkerObservation::index).contains(1));
    assertThat(decisions).noneMatch(Decision.IntendStep.class::isInstance);
    assertThat(Seen.awaited(decisions)).isEqualTo(Timing.NUDGE);
  }

  @Test
  void doesNotTellAgainWhoWasToldAMomentAgo() {
    // When
    List<Decision> decisions = Seen.decide(ABORTED, seen(ended(0, 0), told(1, NOW.minusMillis(9))));

    // Then
    assertThat(decisions).singleElement().isInstanceOf(Decision.Await.class);
  }

  @Test
  void anAttemptInWhichNobodySentIsAborted() {
    // When
    Progress next = concluded(ABORTED, seen(ended(0, 0), ended(1, 0)));

    // Then
    assertThat(record(next))
        .isEqualTo(new AttemptRecord(1, Outcome.ABORTED, Optional.of(0L), "not armed"));
    assertThat(next.atHand().callOffs()).isEqualTo(1);
    assertThat(next.nextSequence()).isEqualTo(1);
  }

  @Test
  void anAbortThatCameTooLateIsADiscardThatDoesNotCount() {
    // When
    Progress next = concluded(ABORTED, seen(ended(0, 80), ended(1, 7)));

    // Then
    assertThat(record(next))
        .isEqualTo(new AttemptRecord(1, Outcome.DISCARDED, Optional.of(87L), "not armed"));
    assertThat(next.atHand().callOffs()).isZero();
    assertThat(next.atHand().voided()).isZero();
    assertThat(next.atHand().notArmed()).as("the next lead is longer").isEqualTo(1);
    assertThat(next.nextSequence()).isEqualTo(1 + (80 + 4 + 1) * 8);
  }

  @Test
  void whatAWorkerSentThatWasLostUnderLoadIsNotKnown() {
    // When
    Progress next = concluded(DISCARDED, seen(ended(0, 80), lost(1, false)));

    // Then
    assertThat(record(next).sent()).isEmpty();
    assertThat(next.atHand().voided()).isEqualTo(1);
    assertThat(next.nextSequence()).isGreaterThan(100_000_000);
  }

  @Test
  void aWorkerThatWasLostBeforeT0HasSentNothing() {
    // When
    Progress next = concluded(ABORTED, seen(ended(0, 0), lost(1, false)));

    // Then
    assertThat(record(next).outcome()).isEqualTo(Outcome.ABORTED);
  }

  @Test
  void aWorkerOnItsWayOutIsWaitedForAndWhatOthersSaidIsNoted() {
    // When
    Observation seen = seen(lost(0, true), lostAfter(1, 80));
    Decision.NoteEnded noted = only(Seen.decide(DISCARDED, seen), Decision.NoteEnded.class);

    // Then
    assertThat(noted.next().ending().orElseThrow().sent()).isEqualTo(Map.of(1, 80L));
    assertThat(Seen.decide(noted.next(), seen)).noneMatch(Decision.NoteEnded.class::isInstance);
  }

  @Test
  void aWorkerThatNobodyReachesIsWaitedForUntilItsLoadHasEndedByItself() {
    // Given: T0, 5 s + 1 s + 10 s, timeout 2 s, 6 s
    Instant t0 = NOW.minusSeconds(24);
    Progress last = givenUp(t0.plusMillis(1));
    Progress over = givenUp(t0);
    Observation seen = seen(ended(0, 80), told(1, NOW));

    // When
    List<Decision> waiting = Seen.decide(last, Seen.of(seen.load(), ready("gin")));

    // Then
    assertThat(only(waiting, Decision.NoteEnded.class).next().ending())
        .as("what the other has sent is noted, and the wait goes on")
        .isPresent();
    assertThat(concluded(over, seen).atHand().history().last()).hasSize(1);
  }

  @Test
  void aWorkerThatPassedT0WithoutArmingIsNotWaitedFor() {
    // Given: no command reaches it, but it lives
    Progress given = givenUp(NOW.minusSeconds(4));

    // When
    Progress next = concluded(given, seen(ended(0, 0), heardAt(1, NOW.minusSeconds(3))));
    List<Decision> sooner =
        Seen.decide(given, seen(ended(0, 0), heardAt(1, NOW.minusSeconds(3).minusMillis(1))));

    // Then
    assertThat(record(next).sent()).contains(0L);
    assertThat(sooner).noneMatch(Decision.IntendStep.class::isInstance);
  }

  @Test
  void whatEndsTheStepWaitsForTheLoadAndHasTheHistory() {
    // Given
    Progress given =
        Seen.intended(NOW.minusSeconds(3))
            .endStep(
                PlanFixture.plan(),
                NOW.minusMillis(200),
                new StepEnd.TargetEnds(RowReason.TARGET_RESTARTED, "restarted", 3, 1));
    Observation seen = seen(ended(0, 5), ended(1, 6));

    // When
    List<Decision> waiting = Seen.decide(given, seen(ended(0, 5), told(1, NOW)));
    Progress concluded = concluded(given, seen);

    // Then
    assertThat(waiting).noneMatch(Decision.EndTarget.class::isInstance);
    assertThat(only(Seen.decide(concluded, seen), Decision.EndTarget.class).rows())
        .satisfiesExactly(
            row -> {
              assertThat(row.attemptsExhausted()).isTrue();
              assertThat(row.restarts()).isEqualTo(3);
              assertThat(row.history().orElseThrow().last().getFirst().sent()).contains(11L);
            },
            row -> assertThat(row.history()).isEmpty());
  }

  @Test
  void aCancelledRunHearsWhatItsLastAttemptSentBeforeItEnds() {
    // Given
    Progress underWay = Seen.intended(NOW.minusSeconds(3));
    Observation cancelled = cancelled(seen(ended(0, 5), ended(1, 6)));

    // When
    Progress given = only(Seen.decide(underWay, cancelled), Decision.GiveUpStep.class).next();
    Progress heard = only(Seen.decide(given, cancelled), Decision.NoteEnded.class).next();

    // Then
    assertThat(record(heard).sent()).contains(11L);
    assertThat(only(Seen.decide(heard, cancelled), Decision.FinishRun.class).reason())
        .isEqualTo(FinishReason.CANCELLED);
  }

  @Test
  void aRunThatEndsDoesNotWaitForLong() {
    // Given
    Progress given =
        Seen.intended(NOW.minusSeconds(9))
            .abandon(PlanFixture.plan(), NOW.minus(Timing.LAST_COUNT), "cancelled");

    // When
    List<Decision> decisions = Seen.decide(given, cancelled(seen(ended(0, 5), told(1, NOW))));

    // Then
    assertThat(record(only(decisions, Decision.NoteEnded.class).next()).sent()).isEmpty();
  }

  private static Progress givenUp(Instant t0) {
    return Seen.intended(t0).callOff(PlanFixture.plan(), t0.minusMillis(300), "not armed");
  }

  private static Progress concluded(Progress progress, Observation seen) {
    Progress next = only(Seen.decide(progress, seen), Decision.NoteEnded.class).next();
    assertThat(next.ending()).isEmpty();
    return next;
  }

  private static AttemptRecord record(Progress progress) {
    return progress.atHand().history().last().getLast();
  }

  private static Observation seen(WorkerObservation... workers) {
    return Seen.of(Seen.load(workers), ready("gin"));
  }

  private static Observation cancelled(Observation seen) {
    return new Observation(
        seen.load(), seen.targets(), seen.recorded(), Observation.Wish.CANCEL, seen.ending());
  }

  private static WorkerObservation ended(int index, long sent) {
    return Seen.running(index, talk(Optional.of(new Ended(FIRST, sent))), Optional.empty());
  }

  private static WorkerObservation told(int index, Instant at) {
    return Seen.running(index, talk(Optional.empty()), Seen.told(FIRST, Told.Kind.STOP, 0, at));
  }

  private static WorkerObservation lost(int index, boolean stillRuns) {
    return Seen.worker(
        index, new State.Lost(KILLED, stillRuns), WorkerTalk.silent(), Optional.empty());
  }

  private static WorkerObservation lostAfter(int index, long sent) {
    return Seen.worker(
        index,
        new State.Lost(KILLED, false),
        talk(Optional.of(new Ended(FIRST, sent))),
        Optional.empty());
  }

  private static WorkerObservation heardAt(int index, Instant clock) {
    return Seen.running(
        index,
        new WorkerTalk(
            Optional.empty(),
            new Says.Nothing(),
            Duration.ZERO,
            false,
            Optional.of(NOW),
            Optional.of(NOW),
            Optional.of(clock),
            Optional.empty()),
        Optional.empty());
  }

  private static WorkerTalk talk(Optional<Ended> ended) {
    return new WorkerTalk(
        Optional.empty(),
        new Says.Nothing(),
        Duration.ZERO,
        false,
        Optional.of(NOW),
        Optional.of(NOW),
        Optional.empty(),
        ended);
  }
}
