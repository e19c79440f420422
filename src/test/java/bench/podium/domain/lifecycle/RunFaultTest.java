package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.PlanFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.RowReason;
import bench.podium.domain.judge.Verdict;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.plan.Limits.OnTargetFailure;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whole runs in which a load pod, a target or a person does something. */
class RunFaultTest {

  private final SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);

  @Test
  void aLoadPodLostBeforeT0IsReplacedAndDoesNotCount() {
    // Given
    once(Decision.NoteArmed.class, () -> operator.cluster().pods().getFirst().lose());

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.arrows(Decision.ReplaceLoad.class)).hasSize(1);
    assertThat(operator.arrows(Decision.VoidAttempt.class)).isEmpty();
    assertThat(operator.cluster().progress.generation()).isEqualTo(2);
  }

  @Test
  void aLoadPodLostAfterT0VoidsTheAttemptWhichCounts() {
    // Given
    afterT0Of(1, () -> operator.cluster().pods().getLast().lose());

    // When
    operator.play();

    // Then
    assertThat(operator.arrows(Decision.VoidAttempt.class))
        .singleElement()
        .satisfies(
            voided -> {
              assertThat(voided.why()).contains("WorkerMissing", "load-g1-1", "deleted");
              assertThat(voided.next().generation()).isEqualTo(2);
            });
    assertThat(operator.cluster().rows()).extracting(Row::attempts).containsExactly(1, 2, 1, 1);
  }

  @Test
  void aLoadJobThatVanishesInMidStepIsReplaced() {
    // Given
    afterT0Of(0, () -> operator.cluster().deleteLoad());

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.arrows(Decision.VoidAttempt.class)).hasSize(1);
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
        .extracting(RunFaultTest::lead)
        .containsExactly(
            seconds(2.5), seconds(5), seconds(10), seconds(20), seconds(20), seconds(20));
    assertThat(operator.cluster().rows().getFirst().attempts()).isEqualTo(1);
  }

  @Test
  void aMissingResultIsAskedForTwiceAndThenVoidsTheAttempt() {
    // Given
    once(Decision.NoteArmed.class, () -> operator.cluster().pods().getFirst().keepsResults = true);

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
  void attemptsThatAreUsedUpByLoadPodsEndTheRun() {
    // Given
    operator.on(arrow -> operator.cluster().pods().forEach(pod -> pod.keepsResults = true));

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.ATTEMPTS_EXHAUSTED);
    assertThat(end.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(operator.arrows(Decision.VoidAttempt.class)).hasSize(2);
    assertThat(operator.cluster().rows()).isEmpty();
  }

  @Test
  void oneCrashOfATargetVoidsOneAttempt() {
    // Given
    afterT0Of(0, () -> operator.cluster().crash("gin"));

    // When
    operator.play();

    // Then
    assertThat(operator.arrows(Decision.VoidAttempt.class)).hasSize(1);
    assertThat(operator.cluster().rows()).extracting(Row::attempts).containsExactly(2, 1, 1, 1);
  }

  @Test
  void aTargetThatCrashesInEveryAttemptEndsAndTheRunGoesOn() {
    // Given
    operator.on(
        arrow -> {
          if (arrow instanceof Decision.IntendStep) {
            operator.time().after(seconds(6), () -> operator.cluster().crash("gin"));
          }
        });

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.ATTEMPTS_EXHAUSTED);
    assertThat(operator.cluster().rows())
        .extracting(Row::reason)
        .containsExactly(
            RowReason.TARGET_RESTARTED,
            RowReason.TARGET_RESTARTED,
            RowReason.MEASURED,
            RowReason.MEASURED);
  }

  @Test
  void aTargetWhoseDeploymentVanishesInMidStepIsMadeAgainAndTheAttemptIsVoid() {
    // Given
    afterT0Of(0, () -> operator.cluster().deleteTarget("gin"));

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.arrows(Decision.VoidAttempt.class)).hasSize(1);
    assertThat(operator.cluster().rows().getFirst().attempts()).isEqualTo(2);
  }

  @Test
  void aTargetThatNeverBecomesReadyGetsItsRowsAndTheOthersAreMeasured() {
    // Given
    operator.cluster().broken.add("gin");

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.TARGETS_FAILED);
    assertThat(end.message()).contains("gin");
    assertThat(operator.cluster().rows())
        .extracting(Row::reason)
        .containsExactly(
            RowReason.TARGET_NOT_READY,
            RowReason.TARGET_NOT_READY,
            RowReason.MEASURED,
            RowReason.MEASURED);
  }

  @Test
  void aTargetThatFailsEndsTheRunWhereThatIsAskedFor() {
    // Given
    SimulatedOperator stopping =
        new SimulatedOperator(PlanFixture.plan(OnTargetFailure.STOP, Duration.ofHours(1)), 7);
    stopping.cluster().broken.add("gin");

    // When
    Decision.FinishRun end = stopping.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.TARGETS_FAILED);
    assertThat(end.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(stopping.cluster().rows()).hasSize(2);
  }

  @Test
  void aTargetThatKeepsPodsFromArmingEnds() {
    // Given
    Says refusal = new Says.Waiting(true, "GET /healthz: connection refused");
    operator.on(
        arrow ->
            operator
                .cluster()
                .pods()
                .forEach(
                    pod ->
                        pod.refuses =
                            Optional.of(refusal)
                                .filter(it -> operator.cluster().progress.step() < 2)));

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.TARGETS_FAILED);
    assertThat(operator.cluster().rows().getFirst().message()).contains("GET /healthz", "load-g1");
    assertThat(operator.cluster().rows().getLast().reason()).isEqualTo(RowReason.MEASURED);
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

  @Test
  void theDeadlineEndsARunAndKeepsItsRows() {
    // Given
    RunPlan hasty = PlanFixture.plan(OnTargetFailure.CONTINUE, Duration.ofSeconds(40));
    SimulatedOperator late = new SimulatedOperator(hasty, 7);

    // When
    Decision.FinishRun end = late.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.DEADLINE_EXCEEDED);
    assertThat(late.cluster().rows()).isNotEmpty();
    assertThat(late.time().now()).isEqualTo(PlanFixture.START.plusSeconds(40));
  }

  @Test
  void cancellingEndsARunAtOnceAndKeepsItsRows() {
    // Given
    once(Decision.RecordStep.class, () -> operator.cluster().cancelled = true);

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(end.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(operator.cluster().rows()).hasSize(1);
  }

  private void once(Class<? extends Decision> arrow, Runnable act) {
    AtomicInteger times = new AtomicInteger();
    operator.on(
        decision -> {
          if (arrow.isInstance(decision) && times.getAndIncrement() == 0) {
            act.run();
          }
        });
  }

  /** Three seconds after the first T0 of this step. */
  private void afterT0Of(int step, Runnable act) {
    AtomicInteger times = new AtomicInteger();
    Consumer<Instant> later = t0 -> operator.time().at(t0.plusSeconds(3), act);
    operator.on(
        decision -> {
          if (decision instanceof Decision.IntendStep(Progress next)
              && next.step() == step
              && times.getAndIncrement() == 0) {
            later.accept(next.t0().orElseThrow());
          }
        });
  }

  private static Duration lead(Decision.IntendStep intend) {
    return Duration.between(
        intend.next().intendedAt().orElseThrow(), intend.next().t0().orElseThrow());
  }
}
