package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.PlanFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.RowReason;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs in which a target crashes, vanishes or never becomes ready. */
class TargetFaultTest {

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
        voided == 0 ? admitted : Seen.intended(Seen.NOW.minusSeconds(130)).voidAttempt();

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
