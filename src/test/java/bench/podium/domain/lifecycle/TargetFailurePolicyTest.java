package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.PlanFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservationBuilder;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Complete runs in which a target crashes, is deleted or never becomes ready. */
class TargetFailurePolicyTest {

  private static final AttemptId FIRST = new AttemptId(0, 1);
  private static final ReportedState NOTHING = new ReportedState.Nothing();

  private final SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);

  @Test
  void discardsOneAttemptForOneCrashOfATarget() {
    // Given
    operator.afterT0Of(0, () -> operator.cluster().crash("gin"));

    // When
    operator.runToEnd();

    // Then
    assertThat(operator.actions(RunAction.DiscardAttempt.class)).hasSize(1);
    assertThat(operator.cluster().rows()).extracting(Row::attempts).containsExactly(2, 1, 1, 1);
    assertThat(operator.cluster().crashes).containsExactly("gin 0/1");
  }

  @Test
  void failsATargetThatCrashesInEveryAttemptAndContinuesTheRun() {
    // Given
    operator.on(
        action -> {
          if (action instanceof RunAction.ScheduleAttempt) {
            operator.time().after(seconds(6), () -> operator.cluster().crash("gin"));
          }
        });

    // When
    RunAction.FinishRun end = operator.runToEnd();

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
  void namesTheFirstTerminationInTheAttempt() {
    // Given
    Instant scheduled = ObservationFixture.NOW.minusSeconds(20);
    TargetObservation target =
        ObservationFixture.restarted(
            "gin",
            ObservationFixture.end(1, ObservationFixture.NOW.minusSeconds(4)),
            ObservationFixture.end(139, ObservationFixture.NOW.minusSeconds(9)),
            ObservationFixture.end(7, scheduled.minusSeconds(3)));
    Progress progress = ObservationFixture.scheduled(scheduled.plus(Timing.LEAD));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(
            progress,
            ObservationFixture.of(ObservationFixture.workers(FIRST, NOTHING, NOTHING), target));

    // Then
    assertThat(decisions).hasSize(2);
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            RunAction.RecordCrash.class,
            crash -> {
              assertThat(crash.attempt()).isEqualTo(1);
              assertThat(crash.ends()).extracting(end -> end.exit().code()).containsExactly(139, 1);
            });
    assertThat(((RunAction.DiscardAttempt) decisions.getLast()).why())
        .isEqualTo(
            "TargetRestarted: container target of pod gin-pod ended with code 139 (SIGSEGV) at"
                + " 2026-01-01T00:00:51Z; the last line of its log: \"panic: no\"; the lines before it:"
                + " ConfigMap shop-crash-0000-1");
  }

  @Test
  void namesTheLastCauseInEachRowOfAFailedTarget() {
    // Given: it is the last attempt of three
    Progress progress =
        discarded(
                discarded(ObservationFixture.scheduled(ObservationFixture.NOW.minusSeconds(90)))
                    .schedule(
                        ObservationFixture.NOW.minusSeconds(60),
                        ObservationFixture.NOW.minusSeconds(58)))
            .schedule(
                ObservationFixture.NOW.minusSeconds(20), ObservationFixture.NOW.minusSeconds(18));
    TargetObservation target =
        ObservationFixture.restarted(
            "gin", ObservationFixture.end(0, ObservationFixture.NOW.minusSeconds(9)));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(
            progress,
            ObservationFixture.of(
                ObservationFixture.workers(new AttemptId(0, 3), NOTHING, NOTHING), target));

    // Then
    Progress given = ((RunAction.FailStep) decisions.getLast()).next();
    RunObservation after =
        ObservationFixture.of(
            ObservationFixture.workers(new AttemptId(0, 3), NOTHING, NOTHING), target);
    assertThat(
            ObservationFixture.only(
                    ObservationFixture.decide(ObservationFixture.concluded(given), after),
                    RunAction.FailTarget.class)
                .rows())
        .hasSize(2)
        .allSatisfy(
            row ->
                assertThat(row.message())
                    .startsWith("the program ends by itself: check deploy.image and deploy.args")
                    .contains(
                        "the last: container target of pod gin-pod ended by itself with code 0",
                        "ConfigMap shop-crash-0000-3"));
  }

  private static Progress discarded(Progress inProgress) {
    return ObservationFixture.concluded(
        inProgress.discardAttempt(
            PlanFixture.plan(), ObservationFixture.NOW.minusSeconds(70), "restarted"));
  }

  @Test
  void failsATargetThatTerminatesAtItsStartWithItsLog() {
    // Given
    Problem problem = new Problem(Problem.Kind.NOT_READY, "container target: CrashLoopBackOff");
    TargetObservation starting =
        TargetObservationBuilder.of(
                "gin",
                new TargetObservation.State.Starting(
                    ObservationFixture.NOW.minusSeconds(121), Optional.of(problem)))
            .restarts(2)
            .terminations(
                List.of(ObservationFixture.end(127, ObservationFixture.NOW.minusSeconds(9))))
            .build();

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(
            Progress.atAdmission(PlanFixture.START),
            ObservationFixture.of(
                ObservationFixture.workers(new AttemptId(0, 0), NOTHING, NOTHING), starting));

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(RunAction.RecordCrash.class);
    assertThat(((RunAction.FailTarget) decisions.getLast()).rows().getFirst().message())
        .isEqualTo(
            "its program cannot be started: check deploy.image and deploy.args of the target:"
                + " container target: CrashLoopBackOff; the last line of its log: \"panic: no\"; the"
                + " lines before it: ConfigMap shop-crash-0000-1");
  }

  @ParameterizedTest
  @CsvSource({"4, true", "6, false"})
  void waitsForATerminationIfAWorkerCannotConnect(int secondsAfterT0, boolean waits) {
    // Given
    ReportedState refused = new ReportedState.Failed(true, "unable to connect");
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(FIRST, refused, NOTHING), ObservationFixture.ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(
            ObservationFixture.scheduled(ObservationFixture.NOW.minusSeconds(secondsAfterT0)),
            observed);

    // Then
    assertThat(decisions.getFirst() instanceof RunAction.Await).isEqualTo(waits);
    assertThat(decisions.getFirst() instanceof RunAction.DiscardAttempt).isEqualTo(!waits);
  }

  @Test
  void doesNotReportARestartIfThePodIsReplacedInEveryAttempt() {
    // Given
    operator.on(
        action -> {
          if (action instanceof RunAction.ScheduleAttempt) {
            operator.time().after(seconds(6), () -> operator.cluster().deleteTarget("gin"));
          }
        });

    // When
    operator.runToEnd();

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
  void reportsARestartOnlyOfATargetThatWasUnderLoad(int discarded, RowReason reason, String hint) {
    // Given
    TargetObservation starting =
        TargetObservationBuilder.of(
                "gin",
                new TargetObservation.State.Starting(
                    ObservationFixture.NOW.minusSeconds(121), Optional.empty()))
            .restarts(2)
            .oomKills(1)
            .build();
    Progress admitted = Progress.atAdmission(PlanFixture.START);
    Progress progress =
        discarded == 0
            ? admitted
            : ObservationFixture.concluded(
                ObservationFixture.scheduled(ObservationFixture.NOW.minusSeconds(130))
                    .discardAttempt(
                        PlanFixture.plan(), ObservationFixture.NOW.minusSeconds(125), "restarted"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(
            progress,
            ObservationFixture.of(
                ObservationFixture.workers(new AttemptId(0, discarded), NOTHING, NOTHING),
                starting));

    // Then
    assertThat(ObservationFixture.only(decisions, RunAction.FailTarget.class).rows())
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.reason()).isEqualTo(reason);
              assertThat(row.message()).contains("within limits.startTimeout of 120s");
              assertThat(row.message()).contains(hint);
              assertThat(row.restarts()).isEqualTo(2);
              assertThat(row.oomKills()).isEqualTo(1);
            });
  }

  @Test
  void recreatesADeletedTargetAndDiscardsTheAttempt() {
    // Given
    operator.afterT0Of(0, () -> operator.cluster().deleteTarget("gin"));

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(operator.actions(RunAction.DiscardAttempt.class)).hasSize(1);
    assertThat(operator.cluster().rows().getFirst().attempts()).isEqualTo(2);
  }

  @Test
  void failsATargetThatNeverBecomesReadyAndMeasuresTheOthers() {
    // Given
    operator.cluster().broken.add("gin");

    // When
    RunAction.FinishRun end = operator.runToEnd();

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
  void failsATargetThatPreventsWorkersFromArming() {
    // Given
    ReportedState refusal = new ReportedState.Waiting(true, "GET /healthz: connection refused");
    operator.on(
        action ->
            operator
                .cluster()
                .pods()
                .forEach(
                    pod ->
                        pod.stateInsteadOfArmed =
                            Optional.of(refusal)
                                .filter(it -> operator.cluster().progress.step() < 2)));

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.TARGETS_FAILED);
    assertThat(operator.cluster().rows().getFirst().message()).contains("GET /healthz", "load-g1");
    assertThat(operator.cluster().rows().getLast().reason()).isEqualTo(RowReason.MEASURED);
  }
}
