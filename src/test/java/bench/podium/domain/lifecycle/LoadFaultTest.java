package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.PlanFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.Verdict;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs in which a load pod is lost, deaf or without a result. */
class LoadFaultTest {

  private final SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);

  @Test
  void aLoadPodLostBeforeT0IsReplacedAndDoesNotCount() {
    // Given
    operator.once(Decision.NoteArmed.class, () -> operator.cluster().pods().getFirst().lose());

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.arrows(Decision.ReplaceLoad.class)).hasSize(1);
    assertThat(operator.arrows(Decision.VoidAttempt.class)).isEmpty();
    assertThat(operator.cluster().progress.load().number()).isEqualTo(2);
  }

  @Test
  void aLoadPodLostAfterT0VoidsTheAttemptWhichCounts() {
    // Given
    operator.afterT0Of(1, () -> operator.cluster().pods().getLast().lose());

    // When
    operator.play();

    // Then
    assertThat(operator.arrows(Decision.VoidAttempt.class))
        .singleElement()
        .satisfies(
            voided -> {
              assertThat(voided.why()).contains("WorkerMissing", "load-g1-1", "deleted");
              assertThat(voided.next().load().number()).isEqualTo(2);
            });
    assertThat(operator.cluster().rows()).extracting(Row::attempts).containsExactly(1, 2, 1, 1);
  }

  @Test
  void aLoadJobThatVanishesInMidStepIsReplaced() {
    // Given
    operator.afterT0Of(0, () -> operator.cluster().deleteLoad());

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.arrows(Decision.VoidAttempt.class)).hasSize(1);
  }

  @Test
  void noTwoGenerationsLoadATargetAtOnce() {
    // Given: the other pod of the generation is parked, and takes its time to go
    operator.cluster().lingering = () -> seconds(14);
    operator.once(Decision.NoteArmed.class, () -> operator.cluster().pods().getFirst().lose());

    // When
    Decision.FinishRun end = operator.play();

    // Then: the cluster has looked at each start
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.arrows(Decision.ReplaceLoad.class)).hasSize(1);
  }

  @Test
  void aLoadPodThatNeverGoesHoldsTheRunForItsTimeOnly() {
    // Given
    operator.cluster().lingering = () -> Duration.ofHours(1);
    AtomicReference<Instant> lost = new AtomicReference<>();
    operator.once(
        Decision.NoteArmed.class,
        () -> {
          lost.set(operator.time().now());
          operator.cluster().pods().getFirst().lose();
        });

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(Duration.between(lost.get(), secondIntention())).isBetween(seconds(32), seconds(34));
  }

  @Test
  void loadPodsThatGoAtOnceCostNoTime() {
    // Given
    operator.cluster().lingering = () -> seconds(0.3);
    AtomicReference<Instant> lost = new AtomicReference<>();
    operator.once(
        Decision.NoteArmed.class,
        () -> {
          lost.set(operator.time().now());
          operator.cluster().pods().getFirst().lose();
        });

    // When
    operator.play();

    // Then: new pods take up to 4 s
    assertThat(Duration.between(lost.get(), secondIntention())).isLessThan(seconds(4.5));
  }

  @Test
  void aClockThatIsMerelyWrongEndsTheRunInsteadOfHoldingIt() {
    // Given
    operator.cluster().clockAhead = Duration.ofHours(3);

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.WORKERS_FAILED);
    assertThat(end.message()).contains("the clock of pod", "10800 s ahead", "synchronise");
    assertThat(operator.arrows(Decision.IntendStep.class)).isEmpty();
  }

  @Test
  void oneWrongStampCostsOneGenerationOnly() {
    // Given
    operator.cluster().clockAhead = Duration.ofHours(3);
    operator.once(
        Decision.ReplaceLoad.class, () -> operator.cluster().clockAhead = Duration.ofMillis(20));

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.cluster().progress.load().number()).isEqualTo(2);
  }

  @Test
  void aLoadThatIsLostBeforeEveryStartIsGivenUp() {
    // Given
    operator.on(
        arrow -> {
          if (arrow instanceof Decision.DeployLoad) {
            operator.time().after(seconds(0.9), () -> operator.cluster().pods().get(0).lose());
          }
        });

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.WORKERS_FAILED);
    assertThat(end.message()).contains("was deleted");
    assertThat(Duration.between(PlanFixture.START, operator.time().now()))
        .isLessThan(Duration.ofMinutes(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 1 of 2 run, and nothing says why the others do not: look at the events of their pods",
        "1 | 1 generation of them was lost; the LoadReplaced events say of what",
        "2 | 2 generations of them were lost; the LoadReplaced events say of what",
      })
  void loadPodsOfWhichNothingIsSaidEndTheRunWithWhatIsKnown(int lost, String known) {
    // Given
    WorkerObservation starting =
        Seen.worker(
            1,
            new WorkerObservation.State.Starting(Optional.empty()),
            WorkerTalk.silent(),
            Optional.empty());
    LoadObservation load =
        Seen.load(Seen.running(0, WorkerTalk.silent(), Optional.empty()), starting);
    Progress progress = Progress.atAdmission(Seen.NOW.minusSeconds(300));
    for (int generation = 0; generation < lost; generation++) {
      progress =
          progress.replaceLoadBeforeStart(PlanFixture.plan(), Seen.NOW.minusSeconds(300), "lost");
    }

    // When
    List<Decision> decisions = Seen.decide(progress, Seen.of(load, Seen.ready("gin")));

    // Then
    assertThat(Seen.only(decisions, Decision.FinishRun.class).message())
        .isEqualTo("the load pods did not start within limits.startTimeout of 120s: " + known);
  }

  @Test
  void anUnknownPodIsCalledOffAtOnceAndTheLeadDoubles() {
    // Given
    AtomicInteger intents = new AtomicInteger();
    operator.on(
        arrow -> {
          if (arrow instanceof Decision.IntendStep intend && intend.next().step() == 0) {
            operator.cluster().pods().getFirst().deaf = intents.incrementAndGet() <= 5;
          }
        });

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.arrows(Decision.IntendStep.class))
        .filteredOn(intend -> intend.next().step() == 0)
        .extracting(LoadFaultTest::lead)
        .containsExactly(
            seconds(2.5), seconds(5), seconds(10), seconds(20), seconds(20), seconds(20));
    assertThat(operator.cluster().rows().getFirst().attempts()).isEqualTo(1);
  }

  @Test
  void aMissingResultIsAskedForTwiceAndThenVoidsTheAttempt() {
    // Given
    operator.once(
        Decision.NoteArmed.class, () -> operator.cluster().pods().getFirst().keepsResults = true);

    // When
    operator.play();

    // Then
    assertThat(operator.arrows(Decision.AskAgain.class))
        .extracting(Decision.AskAgain::ask)
        .containsExactly(1, 2);
    assertThat(operator.arrows(Decision.VoidAttempt.class))
        .singleElement()
        .satisfies(voided -> assertThat(voided.why()).contains("no result of load-g1-0 in time"));
  }

  @Test
  void loadPodsThatNeverArmEndTheRunWithTheirLastWords() {
    // Given
    Says refusal = new Says.Failed(false, "wrk: no such file");
    operator.on(
        arrow -> operator.cluster().pods().forEach(pod -> pod.refuses = Optional.of(refusal)));

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.WORKERS_FAILED);
    assertThat(end.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(end.message()).contains("load-g1-0", "wrk: no such file");
    assertThat(Duration.between(PlanFixture.START, operator.time().now()))
        .isLessThan(Duration.ofMinutes(3));
  }

  private Instant secondIntention() {
    return operator
        .arrows(Decision.IntendStep.class)
        .get(1)
        .next()
        .atHand()
        .intendedAt()
        .orElseThrow();
  }

  private static Duration lead(Decision.IntendStep intend) {
    return Duration.between(
        intend.next().atHand().intendedAt().orElseThrow(), intend.next().t0().orElseThrow());
  }
}
