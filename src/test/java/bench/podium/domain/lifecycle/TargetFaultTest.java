package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.PlanFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.RowReason;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs in which a target crashes, vanishes or never becomes ready. */
class TargetFaultTest {

  private static final StepAttempt FIRST = new StepAttempt(0, 1);
  private static final Says NOTHING = new Says.Nothing();

  private final SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);

  @Test
  void oneCrashOfATargetVoidsOneAttempt() {
    // Given
    operator.afterT0Of(0, () -> operator.cluster().crash("gin"));

    // When
    operator.play();

    // Then
    assertThat(operator.arrows(Decision.VoidAttempt.class)).hasSize(1);
    assertThat(operator.cluster().rows()).extracting(Row::attempts).containsExactly(2, 1, 1, 1);
    assertThat(operator.cluster().crashes).containsExactly("gin 0/1");
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
    assertThat(operator.cluster().rows().getFirst().message())
        .contains("ended with code 139 (SIGSEGV) at 2026-01-01T", "log: \"crash 2\"");
    assertThat(operator.cluster().crashes).containsExactly("gin 0/1", "gin 0/2", "gin 0/3");
  }

  @Test
  void anAttemptIsDiscardedForTheFirstEndInItAndNotForOneBeforeIt() {
    // Given
    Instant scheduled = Seen.NOW.minusSeconds(20);
    TargetObservation target =
        Seen.restarted(
            "gin",
            Seen.end(1, Seen.NOW.minusSeconds(4)),
            Seen.end(139, Seen.NOW.minusSeconds(9)),
            Seen.end(7, scheduled.minusSeconds(3)));
    Progress progress = Seen.intended(scheduled.plus(Timing.LEAD));

    // When
    List<Decision> decisions =
        Seen.decide(progress, Seen.of(Seen.load(FIRST, NOTHING, NOTHING), target));

    // Then
    assertThat(decisions).hasSize(2);
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            Decision.RecordCrash.class,
            crash -> {
              assertThat(crash.attempt()).isEqualTo(1);
              assertThat(crash.ends()).extracting(end -> end.exit().code()).containsExactly(139, 1);
            });
    assertThat(((Decision.VoidAttempt) decisions.getLast()).why())
        .isEqualTo(
            "TargetRestarted: container target of pod gin-pod ended with code 139 (SIGSEGV) at"
                + " 2026-01-01T00:00:51Z; the last line of its log: \"panic: no\"; the lines before it:"
                + " ConfigMap shop-crash-0000-1");
  }

  @Test
  void aTargetThatIsGivenUpHasItsLastCauseInEachRow() {
    // Given: it is the last attempt of three
    Progress progress =
        discarded(
                discarded(Seen.intended(Seen.NOW.minusSeconds(90)))
                    .intend(Seen.NOW.minusSeconds(60), Seen.NOW.minusSeconds(58)))
            .intend(Seen.NOW.minusSeconds(20), Seen.NOW.minusSeconds(18));
    TargetObservation target = Seen.restarted("gin", Seen.end(0, Seen.NOW.minusSeconds(9)));

    // When
    List<Decision> decisions =
        Seen.decide(progress, Seen.of(Seen.load(new StepAttempt(0, 3), NOTHING, NOTHING), target));

    // Then
    Progress given = ((Decision.GiveUpStep) decisions.getLast()).next();
    Observation after = Seen.of(Seen.load(new StepAttempt(0, 3), NOTHING, NOTHING), target);
    assertThat(
            Seen.only(Seen.decide(Seen.concluded(given), after), Decision.EndTarget.class).rows())
        .hasSize(2)
        .allSatisfy(
            row ->
                assertThat(row.message())
                    .startsWith("the program ends by itself: check deploy.image and deploy.args")
                    .contains(
                        "the last: container target of pod gin-pod ended by itself with code 0",
                        "ConfigMap shop-crash-0000-3"));
  }

  private static Progress discarded(Progress underWay) {
    return Seen.concluded(
        underWay.voidAttempt(PlanFixture.plan(), Seen.NOW.minusSeconds(70), "restarted"));
  }

  @Test
  void aTargetThatEndsAsItStartsIsGivenUpWithWhatItWrote() {
    // Given
    Trouble trouble = new Trouble(Trouble.Kind.NOT_READY, "container target: CrashLoopBackOff");
    TargetObservation away =
        new TargetObservation(
            "gin",
            new TargetObservation.State.Starting(Seen.NOW.minusSeconds(121), Optional.of(trouble)),
            false,
            2,
            0,
            Optional.empty(),
            Set.of(),
            List.of(),
            List.of(Seen.end(127, Seen.NOW.minusSeconds(9))));

    // When
    List<Decision> decisions =
        Seen.decide(
            Progress.atAdmission(PlanFixture.START),
            Seen.of(Seen.load(new StepAttempt(0, 0), NOTHING, NOTHING), away));

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(Decision.RecordCrash.class);
    assertThat(((Decision.EndTarget) decisions.getLast()).rows().getFirst().message())
        .isEqualTo(
            "its program cannot be started: check deploy.image and deploy.args of the target:"
                + " container target: CrashLoopBackOff; the last line of its log: \"panic: no\"; the"
                + " lines before it: ConfigMap shop-crash-0000-1");
  }

  @ParameterizedTest
  @CsvSource({"4, true", "6, false"})
  void whereALoadPodCannotConnectTheTargetsEndIsWaitedFor(int secondsAfterT0, boolean waits) {
    // Given
    Says refused = new Says.Failed(true, "unable to connect");
    Observation seen = Seen.of(Seen.load(FIRST, refused, NOTHING), Seen.ready("gin"));

    // When
    List<Decision> decisions =
        Seen.decide(Seen.intended(Seen.NOW.minusSeconds(secondsAfterT0)), seen);

    // Then
    assertThat(decisions.getFirst() instanceof Decision.Await).isEqualTo(waits);
    assertThat(decisions.getFirst() instanceof Decision.VoidAttempt).isEqualTo(!waits);
  }

  @Test
  void aTargetWhosePodIsReplacedInEveryAttemptIsNotSaidToHaveRestarted() {
    // Given
    operator.on(
        arrow -> {
          if (arrow instanceof Decision.IntendStep) {
            operator.time().after(seconds(6), () -> operator.cluster().deleteTarget("gin"));
          }
        });

    // When
    operator.play();

    // Then
    assertThat(operator.cluster().rows().getFirst())
        .satisfies(
            row -> {
              assertThat(row.reason()).isEqualTo(RowReason.TARGET_RESTARTED);
              assertThat(row.restarts()).isZero();
              assertThat(row.message())
                  .contains("its pod was replaced in every attempt", "kubectl get events")
                  .doesNotContain("restart", "--previous");
            });
  }

  @ParameterizedTest
  @CsvSource({"1, TARGET_RESTARTED, raise the memory", "0, TARGET_NOT_READY, check its port"})
  void aTargetThatIsNotReadyAgainRestartedIfItWasUnderLoad(
      int voided, RowReason reason, String remedy) {
    // Given
    TargetObservation away =
        new TargetObservation(
            "gin",
            new TargetObservation.State.Starting(Seen.NOW.minusSeconds(121), Optional.empty()),
            false,
            2,
            1,
            Optional.empty(),
            Set.of(),
            List.of());
    Progress admitted = Progress.atAdmission(PlanFixture.START);
    Progress progress =
        voided == 0
            ? admitted
            : Seen.concluded(
                Seen.intended(Seen.NOW.minusSeconds(130))
                    .voidAttempt(PlanFixture.plan(), Seen.NOW.minusSeconds(125), "restarted"));

    // When
    List<Decision> decisions =
        Seen.decide(
            progress, Seen.of(Seen.load(new StepAttempt(0, voided), NOTHING, NOTHING), away));

    // Then
    assertThat(Seen.only(decisions, Decision.EndTarget.class).rows())
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.reason()).isEqualTo(reason);
              assertThat(row.message()).contains("within limits.startTimeout of 120s");
              assertThat(row.message()).contains(remedy);
              assertThat(row.restarts()).isEqualTo(2);
              assertThat(row.oomKills()).isEqualTo(1);
            });
  }

  @Test
  void aTargetWhoseDeploymentVanishesInMidStepIsMadeAgainAndTheAttemptIsVoid() {
    // Given
    operator.afterT0Of(0, () -> operator.cluster().deleteTarget("gin"));

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
}
