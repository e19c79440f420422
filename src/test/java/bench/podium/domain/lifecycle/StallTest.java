package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.JudgeFixture;
import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.RowReason;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that holds the place in vain. */
class StallTest {

  private static final Instant NOW = Seen.NOW.plusSeconds(600);
  private static final RunPlan PLAN = PlanFixture.plan();
  private static final Duration BOUND = PLAN.limits().startTimeout();
  private static final StepAttempt FIRST = new StepAttempt(0, 1);
  private static final Trouble QUOTA = new Trouble(Trouble.Kind.FORBIDDEN, "exceeded quota");

  /** All of the first step is over, and its results cannot be written. */
  private static final Progress MEASURED = Seen.intended(NOW.minus(BOUND).minusSeconds(60));

  /** The load pods are there, and the step is to begin. */
  private static final Progress ADVANCED =
      MEASURED.advanceTo(0, Optional.empty(), NOW.minusSeconds(300), 1).loadHasArmed();

  @Test
  void resultsThatAreNotTakenGiveThePlaceUpAfterTheBound() {
    // Given
    Observation seen = unwritten();

    // When
    List<Decision> decisions = decide(MEASURED, seen, NOW.minus(BOUND));

    // Then
    Decision.SuspendRun backOff = Seen.only(decisions, Decision.SuspendRun.class);
    assertThat(backOff.next().backoff())
        .isEqualTo(new Backoff(Optional.of(NOW), 1, "results cannot be written: exceeded quota"));
    assertThat(backOff.next().t0()).isEmpty();
    assertThat(backOff.next().pause().isOn()).isFalse();
  }

  @Test
  void rowsOfAnEndedStepThatAreNotTakenGiveThePlaceUp() {
    // Given
    StepEnd end = new StepEnd.TargetEnds(RowReason.TARGET_NOT_READY, "it is gone", 1, 0);
    Progress ended = Seen.concluded(MEASURED.endStep(PLAN, NOW.minus(BOUND), end));

    // When
    List<Decision> before = decide(ended, unwritten(), NOW.minus(BOUND).plusMillis(1));
    List<Decision> atTheBound = decide(ended, unwritten(), NOW.minus(BOUND));

    // Then
    Seen.only(before, Decision.EndTarget.class);
    assertThat(Seen.only(atTheBound, Decision.SuspendRun.class).why())
        .isEqualTo("results cannot be written: exceeded quota");
  }

  @Test
  void beforeTheBoundItIsTriedAgain() {
    // Given
    Observation seen = unwritten();

    // When
    List<Decision> decisions = decide(MEASURED, seen, NOW.minus(BOUND).plusMillis(1));

    // Then
    assertThat(decisions).noneMatch(Decision.SuspendRun.class::isInstance);
  }

  @Test
  void anAttemptThatIsUnderWayHasItsTime() {
    // Given: the load began 3 s ago and takes 10 s
    Observation seen = unwritten();

    // When
    List<Decision> decisions = decide(Seen.intended(NOW.minusSeconds(3)), seen, Instant.EPOCH);

    // Then
    assertThat(decisions).noneMatch(Decision.SuspendRun.class::isInstance);
  }

  @Test
  void loadPodsThatCannotBeMadeGiveThePlaceUp() {
    // Given: the API server answers each try with an error, so that nothing is refused for good
    Progress admitted = Progress.atAdmission(NOW.minus(BOUND));
    Observation seen = Seen.of(new LoadObservation.Absent(), Seen.ready("gin"));

    // When
    List<Decision> decisions = decide(admitted, seen, NOW.minus(BOUND));

    // Then
    assertThat(Seen.only(decisions, Decision.SuspendRun.class).next().backoff().isOn()).isTrue();
  }

  @Test
  void whatARequestFailedOfIsTheCause() {
    // Given
    Progress admitted = Progress.atAdmission(NOW.minus(BOUND));
    Observation seen = Seen.of(new LoadObservation.Absent(), Seen.ready("gin"));
    Movement inVain = Movement.at(NOW.minus(BOUND)).failed("failed calling webhook", NOW);

    // When
    List<Decision> decisions =
        new RunSequence(PLAN, PlanFixture.START, inVain).decide(admitted, seen, NOW);

    // Then
    assertThat(Seen.only(decisions, Decision.SuspendRun.class).why())
        .isEqualTo("failed calling webhook");
  }

  @Test
  void oneRequestThatFailsInALongWaitIsNoStall() {
    // Given
    Movement inVain = Movement.at(NOW.minus(BOUND).minusSeconds(60));
    Movement answered = inVain.failed("of before", NOW.minus(BOUND)).answered();

    // When
    Movement failed = answered.failed("connection reset", NOW);

    // Then
    assertThat(stall(failed).isOver()).isFalse();
    assertThat(failed.failure()).contains("connection reset");
  }

  @Test
  void requestsThatFailInARowForTheBoundAreOne() {
    // Given
    Movement movement = Movement.at(NOW.minus(BOUND).minusSeconds(60));

    // When
    Movement failed =
        movement.failed("failed calling webhook", NOW.minus(BOUND)).failed("connection reset", NOW);

    // Then
    assertThat(stall(failed).isOver()).isTrue();
    assertThat(failed.failure()).contains("connection reset");
  }

  @Test
  void aLoadThatWasGivenUpHasItsTimeToEnd() {
    // Given: given up in mid-step, and over by itself in 10 s
    Progress given = Seen.intended(NOW.minusSeconds(14)).abandon(PLAN, NOW, "not needed");
    Movement failing = Movement.at(NOW.minus(BOUND)).failed("no route", NOW.minus(BOUND));

    // When
    boolean over = new Stall(PLAN, given, failing, NOW).isOver();

    // Then
    assertThat(given.t0()).isEmpty();
    assertThat(over).isFalse();
  }

  private static Stall stall(Movement movement) {
    return new Stall(PLAN, Progress.atAdmission(PlanFixture.START), movement, NOW);
  }

  @Test
  void aTargetThatCannotBeRemovedGivesThePlaceUp() {
    // Given
    Progress next = MEASURED.advanceTo(2, Optional.empty(), NOW.minus(BOUND), 1).loadHasArmed();
    Observation seen =
        Seen.withRows(
            List.of(row(0, "low"), row(1, "high")),
            Seen.load(FIRST, new Says.Nothing(), new Says.Nothing()),
            Seen.ready("gin"));

    // When
    List<Decision> decisions = decide(next, seen, NOW.minus(BOUND));

    // Then
    assertThat(decisions.getLast())
        .isInstanceOfSatisfying(
            Decision.SuspendRun.class,
            backOff -> assertThat(backOff.why()).contains("remove-target"));
  }

  @Test
  void aTargetThatStartsHasABoundOfItsOwn() {
    // Given
    Progress next = MEASURED.advanceTo(0, Optional.empty(), NOW.minus(BOUND), 1).loadHasArmed();
    Observation seen =
        Seen.of(
            Seen.load(FIRST, new Says.Nothing(), new Says.Nothing()),
            Seen.target(
                "gin",
                new TargetObservation.State.Starting(NOW.minusSeconds(1), Optional.empty())));

    // When
    List<Decision> decisions = decide(next, seen, NOW.minus(BOUND));

    // Then
    assertThat(decisions).noneMatch(Decision.SuspendRun.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, true"})
  void aTargetThatGoesHasItsTimeAndTheBoundFromThereOn(long millis, boolean stalls) {
    // Given: it went on 5 minutes ago, and the grace period of the target is over since the bound
    Observation seen = leaving(NOW.minus(BOUND).minusMillis(millis));

    // When
    List<Decision> decisions = decide(ADVANCED, seen, NOW.minusSeconds(300));

    // Then
    assertThat(decisions.stream().anyMatch(Decision.SuspendRun.class::isInstance))
        .isEqualTo(stalls);
  }

  @Test
  void aTargetWhoseEndIsPutOffAtEachLookIsNotAwaitedForEver() {
    // Given
    Observation seen = leaving(NOW.plusSeconds(30));

    // When
    List<Decision> decisions =
        decide(ADVANCED, seen, NOW.minus(BOUND).minus(Duration.ofMinutes(10)));

    // Then
    assertThat(decisions).anyMatch(Decision.SuspendRun.class::isInstance);
  }

  @Test
  void loadPodsOfAnEarlierGenerationThatGoHaveTheirTime() {
    // Given
    LoadObservation.Present load =
        (LoadObservation.Present) Seen.load(FIRST, new Says.Nothing(), new Says.Nothing());
    Observation seen =
        Seen.of(
            new LoadObservation.Present(false, load.workers(), Optional.of(NOW.plusSeconds(1))),
            Seen.ready("gin"));

    // When
    List<Decision> decisions = decide(ADVANCED, seen, NOW.minus(BOUND));

    // Then
    assertThat(Seen.awaited(decisions)).isPositive();
  }

  private static Observation leaving(Instant overdueAt) {
    return Seen.of(
        Seen.load(FIRST, new Says.Nothing(), new Says.Nothing()),
        Seen.target("gin", new TargetObservation.State.Leaving(overdueAt)));
  }

  @Test
  void takesItsPodsDownAndWaitsWithoutATurnOfTheClockOfItsDeadline() {
    // Given
    Progress backedOff = Seen.concluded(MEASURED.backOff(PLAN, NOW.minusSeconds(1), "no room"));
    Observation seen = Seen.of(new LoadObservation.Absent(), Seen.ready("gin"));
    RunSequence late =
        new RunSequence(PLAN, NOW.minus(PLAN.deadline()), Movement.at(NOW.minusSeconds(1)));

    // When
    List<Decision> early = decide(backedOff, seen, NOW.minusSeconds(1));
    List<Decision> atTheDeadline = late.decide(backedOff, seen, NOW);

    // Then
    assertThat(early).startsWith(new Decision.RemoveOldLoads(2), new Decision.RemoveTarget("gin"));
    assertThat(atTheDeadline.getLast())
        .isInstanceOfSatisfying(
            Decision.FinishRun.class,
            end -> assertThat(end.reason()).isEqualTo(FinishReason.DEADLINE_EXCEEDED));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 30", "60, 30"})
  void waitsLongerAfterEachTry(int tries, int minutes) {
    // Given
    Progress progress = MEASURED;
    for (int tried = 0; tried < tries; tried++) {
      progress = progress.resume(NOW).backOff(PLAN, NOW, "no room");
    }

    // When
    Optional<Instant> next = progress.backoff().nextTry();

    // Then
    assertThat(next).contains(NOW.plus(Duration.ofMinutes(minutes)));
  }

  @Test
  void aStepThatIsRecordedMakesTheNextPauseShortAgain() {
    // Given
    Progress tried =
        MEASURED.backOff(PLAN, NOW, "no room").resume(NOW).backOff(PLAN, NOW, "no room");

    // When
    Progress moved = tried.resume(NOW).advanceTo(1, Optional.empty(), NOW, 1);

    // Then
    assertThat(moved.backoff()).isEqualTo(Backoff.NONE);
  }

  @Test
  void awaitingLoadPodsAfreshIsNoProgress() {
    // Given
    Progress admitted = Progress.atAdmission(NOW);

    // When
    boolean afresh =
        Stall.isProgress(
            admitted, new Decision.ReplaceLoad(admitted.awaitLoadAfresh(NOW), "nobody was there"));
    boolean replaced =
        Stall.isProgress(
            admitted,
            new Decision.ReplaceLoad(admitted.replaceLoadBeforeStart(PLAN, NOW, "lost"), "lost"));

    // Then
    assertThat(afresh).isFalse();
    assertThat(replaced).isTrue();
  }

  @Test
  void timeInWhichTheRunCouldNotBeReadIsNotHeldAgainstIt() {
    // Given
    Movement movement = Movement.at(NOW);

    // When
    Movement seen = movement.looked(NOW.plusSeconds(5)).looked(NOW.plusSeconds(185));

    // Then
    assertThat(seen.at()).isEqualTo(NOW.plusSeconds(180));
  }

  private static Row row(int step, String stage) {
    return JudgeFixture.row(step, "gin", stage, JudgeFixture.figures(20, 10, 0));
  }

  private static Observation unwritten() {
    return new Observation(
        Seen.load(FIRST, new Says.Nothing(), new Says.Nothing()),
        List.of(Seen.ready("gin")),
        new RecordedSteps(List.of(), Optional.empty(), Optional.of(QUOTA)),
        Observation.Wish.GO_ON,
        List.of());
  }

  private static List<Decision> decide(Progress progress, Observation seen, Instant movedAt) {
    return new RunSequence(PLAN, PlanFixture.START, Movement.at(movedAt))
        .decide(progress, seen, NOW);
  }
}
