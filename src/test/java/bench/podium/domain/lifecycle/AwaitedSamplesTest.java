package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Seen.NOW;
import static bench.podium.domain.lifecycle.Seen.awaited;
import static bench.podium.domain.lifecycle.Seen.only;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Figures;
import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.Verdict;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.measure.Law;
import bench.podium.domain.measure.MeasurementFixture;
import bench.podium.domain.measure.TargetSample;
import bench.podium.domain.measure.TargetSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** From the last result to the row: what the target's observer has seen. */
class AwaitedSamplesTest {

  private static final StepAttempt FIRST = new StepAttempt(0, 1);
  private static final Duration LOAD =
      Timing.load(PlanFixture.plan().load(), PlanFixture.plan().steps().getFirst());

  /** The load has ended a tenth of a second ago. */
  private static final Instant T0 = NOW.minus(LOAD).minusMillis(100);

  private static final Optional<Told> UNTOLD = Optional.empty();

  @Test
  void recordsWhatTheTargetUsedWithoutAWaitWhereTheLastLookIsASecondOld() {
    // Given
    Observation seen = seen(looksUntil(NOW.minusSeconds(1)), UNTOLD);

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(T0), seen);

    // Then
    Decision.RecordStep recorded = only(decisions, Decision.RecordStep.class);
    assertThat(used(recorded.row()))
        .hasValueSatisfying(
            used -> {
              assertThat(used.cpuMillicores()).isEqualTo(500);
              assertThat(used.memoryMaxBytes()).isEqualTo(40_000_000);
              assertThat(used.threadsMax()).isEqualTo(8);
              assertThat(used.requestsPerCpuSecond()).isPresent();
            });
    assertThat(recorded.samples()).hasSize(1);
    assertThat(recorded.samples().getFirst()).hasSizeGreaterThan(2);
  }

  @Test
  void waitsForTheLastLooksBeforeItAsks() {
    // Given
    Observation seen = seen(looksUntil(NOW.minusSeconds(5)), UNTOLD);

    // When
    List<Decision> soon = Seen.decide(Seen.intended(T0), seen);
    List<Decision> later = Seen.decide(Seen.intended(T0.minus(Timing.SAMPLES_SHOW)), seen);

    // Then
    assertThat(only(soon, Decision.Await.class).atMost()).isEqualTo(Timing.SAMPLES_LOOK);
    assertThat(later.getFirst())
        .isInstanceOfSatisfying(
            Decision.AskForSamples.class,
            ask -> {
              assertThat(ask.ask()).isEqualTo(1);
              assertThat(ask.until()).isEqualTo(T0.minus(Timing.SAMPLES_SHOW).plus(LOAD));
            });
  }

  @Test
  void asksAtOnceWhereALookIsMissing() {
    // Given
    Observation seen = seen(withGap(), UNTOLD);

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(T0), seen);

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(Decision.AskForSamples.class);
    assertThat(awaited(decisions)).isEqualTo(Timing.NUDGE);
  }

  @Test
  void asksAgainWithTheNextNumberWhereTheCommandHasNotArrived() {
    // Given
    Observation seen = seen(withGap(), told(3, NOW.minus(Timing.NUDGE)));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(T0), seen);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            Decision.AskForSamples.class, ask -> assertThat(ask.ask()).isEqualTo(4));
  }

  @Test
  void leavesAnAskingItsTime() {
    // Given
    Observation seen = seen(withGap(), told(1, NOW.minusMillis(100)));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(T0), seen);

    // Then
    assertThat(only(decisions, Decision.Await.class).atMost()).isEqualTo(Timing.NUDGE);
  }

  @Test
  void recordsWithoutThemWhereTheObserverHasRepeatedAllThatItKeeps() {
    // Given
    ObserverTalk talk = new ObserverTalk(withGap(), Optional.of(FIRST), Optional.empty(), false);
    Observation seen = seen(talk, told(1, NOW.minusMillis(100)));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(T0), seen);

    // Then
    assertIsLost(only(decisions, Decision.RecordStep.class).row());
  }

  @Test
  void recordsWithoutThemWhereTheObserverDoesNotAnswer() {
    // Given
    Observation seen =
        seen(TargetSamples.none(), told(Timing.ASKS_SAMPLES, NOW.minus(Timing.NUDGE)));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(T0.minusSeconds(5)), seen);

    // Then
    assertIsLost(only(decisions, Decision.RecordStep.class).row());
  }

  @Test
  void whatWasAskedInAnEarlierAttemptDoesNotCount() {
    // Given
    Optional<Told> earlier =
        Seen.told(new StepAttempt(0, 0), Told.Kind.REPEAT, 8, NOW.minusSeconds(9));
    Observation seen = seen(withGap(), earlier);

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(T0), seen);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            Decision.AskForSamples.class, ask -> assertThat(ask.ask()).isEqualTo(1));
  }

  @Test
  void looksThatAreInNoLogAnyMoreAreAskedForAndCount() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);
    operator.afterT0Of(0, () -> rotate(operator, false));

    // When
    operator.play();

    // Then
    assertThat(operator.arrows(Decision.AskForSamples.class)).isNotEmpty();
    assertThat(operator.cluster().rows())
        .allSatisfy(row -> assertThat(row.verdict()).isEqualTo(Verdict.PASSED))
        .allSatisfy(row -> assertThat(used(row)).isPresent());
  }

  @Test
  void looksThatTheObserverKeepsNoMoreMakeTheOneRowInconclusive() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);
    operator.afterT0Of(0, () -> rotate(operator, true));

    // When
    operator.play();

    // Then
    List<Row> rows = operator.cluster().rows();
    assertIsLost(rows.getFirst());
    assertThat(rows.subList(1, rows.size()))
        .allSatisfy(row -> assertThat(row.verdict()).isEqualTo(Verdict.PASSED));
  }

  @Test
  void anObserverThatNeverGetsACommandHoldsNothingUp() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 8);
    operator.afterT0Of(
        0,
        () -> {
          rotate(operator, true);
          operator.cluster().target("gin").orElseThrow().observer().deaf = true;
        });

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertIsLost(operator.cluster().rows().getFirst());
  }

  @Test
  void discardsAnAttemptInWhoseLastHalfSecondTheTargetEndedOnceKubernetesSaysOfWhat() {
    // Given: Kubernetes still takes it for ready
    TargetSamples ended = mainProcesses(1L, 2L);
    ObserverTalk talk = new ObserverTalk(ended, Optional.empty(), Optional.empty(), false);
    ContainerEnd end = Seen.end(139, NOW.minusSeconds(1));

    // When
    List<Decision> early = Seen.decide(Seen.intended(T0), seen(talk, UNTOLD));
    List<Decision> told = Seen.decide(Seen.intended(T0), ended(talk, end));
    List<Decision> late =
        Seen.decide(Seen.intended(NOW.minus(LOAD).minus(Timing.RESTART_SHOWS)), seen(talk, UNTOLD));

    // Then
    assertThat(awaited(early)).isEqualTo(Timing.RESTART_SHOWS.minusMillis(100));
    assertThat(((Decision.VoidAttempt) told.getLast()).why()).contains("SIGSEGV");
    assertThat(only(late, Decision.VoidAttempt.class).why()).contains("TargetRestarted");
  }

  @Test
  void waitsForTheLookThatShowsThatTheTargetOutlivedTheLoad() {
    // Given
    TargetSamples all = mainProcesses(1L, 1L);
    List<TargetSample> looks = all.samples();
    TargetSamples before = new TargetSamples(looks.subList(0, looks.size() - 1));

    // When
    List<Decision> early = Seen.decide(Seen.intended(T0), seen(before, UNTOLD));
    List<Decision> shown = Seen.decide(Seen.intended(T0), seen(all, UNTOLD));
    List<Decision> late =
        Seen.decide(
            Seen.intended(NOW.minus(LOAD).minus(Timing.SAMPLES_SHOW)), seen(before, UNTOLD));

    // Then
    assertThat(awaited(early)).isEqualTo(Timing.SAMPLES_LOOK);
    assertThat(shown.getFirst()).isInstanceOf(Decision.RecordStep.class);
    assertThat(late.getFirst()).isInstanceOf(Decision.RecordStep.class);
  }

  private static Observation ended(ObserverTalk talk, ContainerEnd end) {
    Says first = new Says.Measured(MeasurementFixture.sound(0));
    Says second = new Says.Measured(MeasurementFixture.sound(1));
    return Seen.of(
        Seen.load(FIRST, first, second),
        new TargetObservation(
            "gin",
            new TargetObservation.State.Ready(),
            true,
            0,
            0,
            Seen.STARTED,
            Set.of("node-a"),
            List.of(new ObserverObservation("gin-pod", talk, UNTOLD)),
            List.of(end)));
  }

  /** The last look is after the load's end. */
  private static TargetSamples mainProcesses(long atFirst, long atLast) {
    return new TargetSamples(
        looksUntil(NOW).samples().stream()
            .map(
                sample ->
                    new TargetSample(
                        sample.index(),
                        sample.takenAt(),
                        sample.cpu(),
                        sample.memoryBytes(),
                        sample.threads(),
                        List.of(sample.takenAt().equals(NOW) ? atLast : atFirst)))
            .toList());
  }

  private static void rotate(SimulatedOperator operator, boolean keepsNothing) {
    SimulatedObserver observer = operator.cluster().target("gin").orElseThrow().observer();
    observer.rotatedFrom = 0;
    observer.rotatedTo = observer.looks() + 8;
    observer.keepsNothing = keepsNothing;
  }

  private static void assertIsLost(Row row) {
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.brokenLaws())
        .singleElement()
        .satisfies(
            broken -> {
              assertThat(broken.law()).isEqualTo(Law.SAMPLES_LOST);
              assertThat(broken.message()).contains("gin");
            });
    assertThat(row.figures()).as("what the load pods measured stands").isPresent();
    assertThat(used(row)).isEmpty();
  }

  private static Optional<Figures.Used> used(Row row) {
    return row.figures().flatMap(Figures::used);
  }

  private static Observation seen(TargetSamples samples, Optional<Told> told) {
    return seen(new ObserverTalk(samples, Optional.empty(), Optional.empty(), false), told);
  }

  private static Observation seen(ObserverTalk talk, Optional<Told> told) {
    Says first = new Says.Measured(MeasurementFixture.sound(0));
    Says second = new Says.Measured(MeasurementFixture.sound(1));
    ObserverObservation observer = new ObserverObservation("gin-pod", talk, told);
    return Seen.of(Seen.load(FIRST, first, second), Seen.observed("gin", observer));
  }

  private static Optional<Told> told(int ask, Instant at) {
    return Seen.told(FIRST, Told.Kind.REPEAT, ask, at);
  }

  private static TargetSamples looksUntil(Instant last) {
    return new TargetSamples(
        LongStream.rangeClosed(0, 40)
            .mapToObj(index -> sample(index, last.minusSeconds(40 - index)))
            .toList());
  }

  private static TargetSamples withGap() {
    return new TargetSamples(
        looksUntil(NOW).samples().stream().filter(sample -> sample.index() != 36).toList());
  }

  private static TargetSample sample(long index, Instant at) {
    return new TargetSample(index, at, Duration.ofMillis(500 * index), 40_000_000, 8);
  }
}
