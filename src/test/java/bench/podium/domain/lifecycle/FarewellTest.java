package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Seen.NOW;
import static bench.podium.domain.lifecycle.Seen.only;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.measure.TargetSamples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A target goes once its observer has said its last line, or had its time. */
class FarewellTest {

  private static final Progress SECOND_TARGET =
      Progress.atAdmission(PlanFixture.START).advanceTo(0, Optional.empty(), PlanFixture.START, 1);
  private static final StepAttempt NONE = new StepAttempt(-1, 0);

  @Test
  void theObserverIsToldBeforeTheNextTargetIsMade() {
    // Given
    Observation seen = seen(observer(false, Optional.empty()));

    // When
    List<Decision> decisions = Seen.decide(SECOND_TARGET, seen);

    // Then
    assertThat(decisions).anyMatch(Decision.FinishObserver.class::isInstance);
    assertThat(decisions).noneMatch(Decision.RemoveTarget.class::isInstance);
    assertThat(decisions).noneMatch(Decision.DeployTarget.class::isInstance);
  }

  @Test
  void itsLastLineIsAwaitedForAMoment() {
    // Given
    Observation seen = seen(observer(false, told(NOW.minusMillis(100))));

    // When
    List<Decision> decisions = Seen.decide(SECOND_TARGET, seen);

    // Then
    assertThat(decisions).noneMatch(Decision.FinishObserver.class::isInstance);
    assertThat(decisions).noneMatch(Decision.RemoveTarget.class::isInstance);
  }

  @Test
  void theTargetGoesWithTheLastLineOrWithoutItInTime() {
    // Given
    Observation saidBye = seen(observer(true, told(NOW.minusMillis(100))));
    Observation silent = seen(observer(false, told(NOW.minus(Timing.BYE))));

    // When / Then
    assertThat(Seen.decide(SECOND_TARGET, saidBye)).contains(new Decision.RemoveTarget("chi"));
    assertThat(Seen.decide(SECOND_TARGET, silent)).contains(new Decision.RemoveTarget("chi"));
  }

  @Test
  void afterTheRunObserversAreToldTogetherWithTheLoadPods() {
    // Given
    ObserverObservation talking = observer(false, Optional.empty());
    WorkerObservation worker = Seen.running(0, WorkerTalk.silent(), Optional.empty());
    CleanUpSequence sequence = new CleanUpSequence(new Retention.None(), NOW);

    // When
    List<Decision> decisions =
        sequence.decide(List.of(worker), List.of(Seen.observed("chi", talking)), true, NOW);

    // Then
    assertThat(decisions)
        .containsExactly(
            new Decision.SayFinish(List.of(worker)),
            new Decision.FinishObserver(List.of(talking)),
            new Decision.Await(Timing.NUDGE, "the load pods' last lines"));
  }

  @Test
  void observersOfATargetThatIsKeptAreToldTooSoThatTheyFallSilent() {
    // Given
    CleanUpSequence sequence = new CleanUpSequence(new Retention.Forever(), NOW);
    ObserverObservation talking = observer(false, Optional.empty());
    ObserverObservation silent = observer(true, told(NOW));

    // When
    List<Decision> first =
        sequence.decide(List.of(), List.of(Seen.observed("chi", talking)), true, NOW);
    List<Decision> then =
        sequence.decide(List.of(), List.of(Seen.observed("chi", silent)), true, NOW);

    // Then
    assertThat(first.getFirst()).isEqualTo(new Decision.FinishObserver(List.of(talking)));
    assertThat(then).isEmpty();
  }

  @Test
  void whoIsTheStepsTargetIsNotTold() {
    // Given
    ObserverObservation talking = observer(false, Optional.empty());
    Observation seen =
        Seen.of(
            Seen.load(NONE, new WorkerTalk.Says.Nothing(), new WorkerTalk.Says.Nothing()),
            Seen.observed("gin", talking));

    // When
    List<Decision> decisions = Seen.decide(Progress.atAdmission(PlanFixture.START), seen);

    // Then
    only(decisions, Decision.IntendStep.class);
  }

  /** Step 0 is gin's; chi stands. */
  private static Observation seen(ObserverObservation observer) {
    return Seen.of(
        Seen.load(NONE, new WorkerTalk.Says.Nothing(), new WorkerTalk.Says.Nothing()),
        Seen.observed("chi", observer));
  }

  private static ObserverObservation observer(boolean bye, Optional<Told> told) {
    ObserverTalk talk =
        new ObserverTalk(TargetSamples.none(), Optional.empty(), Optional.empty(), bye);
    return new ObserverObservation("pod", talk, told);
  }

  private static Optional<Told> told(Instant at) {
    return Seen.told(NONE, Told.Kind.FINISH, 0, at);
  }
}
