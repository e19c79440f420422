package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Seen.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Verdict;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.plan.Limits.OnTargetFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run that is asked to pause, and to go on. */
class SuspensionTest {

  private static final StepAttempt FIRST = new StepAttempt(0, 1);
  private static final Progress RUNNING = Seen.intended(NOW.minusSeconds(3));
  private static final LoadObservation LOAD = Seen.load(FIRST, new Says.Armed(), new Says.Armed());

  @Test
  void givesUpTheAttemptThatIsUnderWayWithoutCountingIt() {
    // Given
    Observation asked = asked(Observation.Wish.SUSPEND);

    // When
    List<Decision> decisions = Seen.decide(RUNNING, asked);

    // Then
    Progress next = Seen.only(decisions, Decision.SuspendRun.class).next();
    assertThat(next.t0()).isEmpty();
    assertThat(next.atHand().voided()).isZero();
    assertThat(next.pause().since()).contains(NOW);
  }

  @Test
  void takesEverythingDownOnceItIsWrittenAndWaits() {
    // Given
    Progress suspended = RUNNING.suspend(PlanFixture.plan(), NOW.minus(Timing.LAST_COUNT));

    // When
    List<Decision> decisions = Seen.decide(suspended, asked(Observation.Wish.SUSPEND));

    // Then
    assertThat(decisions)
        .startsWith(new Decision.RemoveOldLoads(2), new Decision.RemoveTarget("gin"));
    assertThat(Seen.awaited(decisions)).isEqualTo(Timing.LOOK);
  }

  @Test
  void waitsForItsPlaceEvenWhenItIsAskedToGoOn() {
    // Given
    Progress suspended = RUNNING.suspend(PlanFixture.plan(), NOW.minus(Timing.LAST_COUNT));

    // When
    List<Decision> decisions = Seen.decide(suspended, asked(Observation.Wish.GO_ON));

    // Then
    assertThat(decisions).noneMatch(Decision.IntendStep.class::isInstance);
    assertThat(decisions).last().isInstanceOf(Decision.Await.class);
  }

  @Test
  void goesOnWithTheNextGenerationOfLoadPods() {
    // Given
    Progress suspended = RUNNING.suspend(PlanFixture.plan(), NOW.minusSeconds(30));

    // When
    Progress resumed = suspended.resume(NOW);

    // Then
    assertThat(resumed.load().number()).isEqualTo(2);
    assertThat(resumed.load().awaitedSince()).contains(NOW);
    assertThat(resumed.pause().isOn()).isFalse();
    assertThat(resumed.pause().before()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void cancellingEndsARunThatIsSuspended() {
    // Given
    Progress suspended = RUNNING.suspend(PlanFixture.plan(), NOW.minus(Timing.LAST_COUNT));

    // When
    List<Decision> decisions = Seen.decide(suspended, asked(Observation.Wish.CANCEL));

    // Then
    Progress heard = Seen.only(decisions, Decision.NoteEnded.class).next();
    assertThat(Seen.decide(heard, asked(Observation.Wish.CANCEL)).getLast())
        .isInstanceOfSatisfying(
            Decision.FinishRun.class,
            end -> assertThat(end.reason()).isEqualTo(FinishReason.CANCELLED));
  }

  @Test
  void theTimeOfAPauseCountsAgainstNoDeadline() {
    // Given: 60 s after its start a run of 40 s, of which it was suspended for 30 s
    RunSequence hasty =
        new RunSequence(
            PlanFixture.plan(OnTargetFailure.CONTINUE, Duration.ofSeconds(40)), PlanFixture.START);
    Progress resumed =
        RUNNING.suspend(PlanFixture.plan(), NOW.minusSeconds(35)).resume(NOW.minusSeconds(5));

    // When
    List<Decision> decisions = hasty.decide(resumed, asked(Observation.Wish.GO_ON), NOW);

    // Then
    assertThat(decisions).noneMatch(Decision.FinishRun.class::isInstance);
  }

  @Test
  void aWholeRunPassesThoughItWasSuspendedInMidStep() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);
    operator.afterT0Of(1, () -> operator.cluster().suspendFor(Duration.ofMinutes(90)));

    // When
    Decision.FinishRun end = operator.play();

    // Then: 90 minutes are more than its deadline
    assertThat(end.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(operator.arrows(Decision.SuspendRun.class)).hasSize(1);
    assertThat(operator.cluster().rows()).hasSize(4).allMatch(row -> row.attempts() == 1);
  }

  private static Observation asked(Observation.Wish wish) {
    return new Observation(
        LOAD,
        List.of(Seen.ready("gin")),
        RecordedSteps.of(List.of()),
        wish,
        ((LoadObservation.Present) LOAD).workers());
  }
}
