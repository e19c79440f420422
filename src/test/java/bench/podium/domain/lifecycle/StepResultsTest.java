package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Seen.NOW;
import static bench.podium.domain.lifecycle.Seen.ready;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.measure.MeasurementFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From T0 to the row. */
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
                pod(0, WorkerTalk.silent(), told(Told.Kind.ARM, 0, NOW.minusMillis(100))),
                pod(1, WorkerTalk.silent(), told(Told.Kind.REPEAT, 0, NOW.minusMillis(100)))),
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
    assertThat(wait(decisions)).isEqualTo(Timing.NUDGE);
  }

  @Test
  void looksAgainSoonWhenAllSilentPodsWereJustAsked() {
    // Given
    Optional<Told> asked = told(Told.Kind.REPEAT, 0, NOW.minusMillis(100));
    Observation seen =
        Seen.of(
            Seen.load(pod(0, WorkerTalk.silent(), asked), pod(1, WorkerTalk.silent(), asked)),
            ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(1)), seen);

    // Then
    assertThat(wait(decisions)).isLessThanOrEqualTo(Timing.NUDGE);
  }

  @Test
  void callsOffAtOnceWhenAPodLearnedOfT0TooLate() {
    // Given
    Observation seen = Seen.of(Seen.load(FIRST, ARMED, new Says.Late()), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(1)), seen);

    // Then
    assertThat(only(decisions, Decision.CallOffStep.class).next().voided()).isZero();
  }

  @Test
  void asksForAMissingResultBeforeItIsGivenUpHoweverLateTheOperatorIs() {
    // Given
    Observation seen =
        Seen.of(
            Seen.load(
                pod(0, WorkerTalk.silent(), Optional.empty()),
                pod(1, WorkerTalk.silent(), Optional.empty())),
            new TargetObservation(
                "gin", new TargetObservation.State.Ready(), true, 0, 0, Optional.empty()));
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
            Seen.load(pod(0, WorkerTalk.silent(), asked), pod(1, WorkerTalk.silent(), asked)),
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

  @Test
  void doesNotRecordAgainstATargetThatIsNotThereAnyMore() {
    // Given
    TargetObservation gone =
        Seen.target("gin", new TargetObservation.State.Starting(NOW, Optional.empty()));
    Observation seen = Seen.of(Seen.load(FIRST, measured(0), measured(1)), gone);

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(20)), seen);

    // Then
    assertThat(only(decisions, Decision.VoidAttempt.class).why()).contains("TargetRestarted");
  }

  @Test
  void recordsAgainstATargetThatRunsOnWhileItsNodeIsOutOfSight() {
    // Given
    TargetObservation unseen =
        new TargetObservation(
            "gin",
            new TargetObservation.State.Starting(NOW, Optional.empty()),
            true,
            0,
            0,
            Optional.of(PlanFixture.START));
    Observation seen = Seen.of(Seen.load(FIRST, measured(0), measured(1)), unseen);

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(20)), seen);

    // Then
    assertThat(only(decisions, Decision.RecordStep.class).row().attempts()).isEqualTo(1);
  }

  @Test
  void recordsWhenAllResultsAreThere() {
    // Given
    Observation seen = Seen.of(Seen.load(FIRST, measured(0), measured(1)), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(NOW.minusSeconds(20)), seen);

    // Then
    assertThat(only(decisions, Decision.RecordStep.class).row().step()).isZero();
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

  private static WorkerObservation pod(int index, WorkerTalk talk, Optional<Told> told) {
    return Seen.worker(index, new State.Running(), talk, told);
  }

  private static <D extends Decision> D only(List<Decision> decisions, Class<D> kind) {
    assertThat(decisions).singleElement().isInstanceOf(kind);
    return kind.cast(decisions.getFirst());
  }

  private static Duration wait(List<Decision> decisions) {
    assertThat(decisions.getLast()).isInstanceOf(Decision.Await.class);
    return ((Decision.Await) decisions.getLast()).atMost();
  }
}
