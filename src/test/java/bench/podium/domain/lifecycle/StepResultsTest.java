package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.ObservationFixture.NOW;
import static bench.podium.domain.lifecycle.ObservationFixture.awaited;
import static bench.podium.domain.lifecycle.ObservationFixture.only;
import static bench.podium.domain.lifecycle.ObservationFixture.ready;
import static bench.podium.domain.lifecycle.ObservationFixture.running;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.MeasurementFixture;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservationBuilder;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkerReportBuilder;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From T0 until all results are available. */
class StepResultsTest {

  private static final AttemptId FIRST = new AttemptId(0, 1);
  private static final ReportedState ARMED = new ReportedState.Armed();
  private static final Instant BOUND = NOW.plus(bound());

  @Test
  void requestsTheStateOfSilentWorkersAfterT0Repeatedly() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                running(
                    0,
                    WorkerReport.none(),
                    lastCommand(LastCommand.Kind.ARM, 0, NOW.minusMillis(100))),
                running(
                    1,
                    WorkerReport.none(),
                    lastCommand(LastCommand.Kind.REPEAT, 0, NOW.minusMillis(100)))),
            ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.minusSeconds(1)), observed);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            RunAction.RequestResults.class,
            ask -> {
              assertThat(ask.ask()).isZero();
              assertThat(ask.workers()).extracting(WorkerObservation::index).containsOnly(0);
            });
    assertThat(awaited(decisions)).isEqualTo(Timing.RESEND_INTERVAL);
  }

  @Test
  void pollsSoonWhenAllStatesWereJustRequested() {
    // Given
    Optional<LastCommand> requested = lastCommand(LastCommand.Kind.REPEAT, 0, NOW.minusMillis(100));
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                running(0, WorkerReport.none(), requested),
                running(1, WorkerReport.none(), requested)),
            ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.minusSeconds(1)), observed);

    // Then
    assertThat(awaited(decisions)).isLessThanOrEqualTo(Timing.RESEND_INTERVAL);
  }

  @Test
  void abortsAtOnceWhenAWorkerReceivedTheCommandTooLate() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(FIRST, ARMED, new ReportedState.Late()), ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.minusSeconds(1)), observed);

    // Then
    assertThat(only(decisions, RunAction.AbortAttempt.class).next().attempt().discarded()).isZero();
  }

  @Test
  void abortsIfAWorkerStillWaitsForTheTargetAfterT0() {
    // Given: no operator was running when this attempt should have been aborted
    ReportedState waiting = new ReportedState.Waiting(true, "GET /healthz: no answer");
    Optional<LastCommand> requested =
        lastCommand(LastCommand.Kind.REPEAT, 0, NOW.minus(Timing.RESEND_INTERVAL));
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                ObservationFixture.worker(0, FIRST, waiting, requested),
                ObservationFixture.worker(1, FIRST, waiting, requested)),
            ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.minusSeconds(3)), observed);

    // Then
    assertThat(only(decisions, RunAction.AbortAttempt.class).why()).contains("no answer");
  }

  @Test
  void waitsForTheAnswerOfAWorkerThatWaitedForTheTarget() {
    // Given: its last report may be older than T0
    ReportedState waiting = new ReportedState.Waiting(true, "GET /healthz: no answer");
    Optional<LastCommand> requested =
        lastCommand(LastCommand.Kind.REPEAT, 0, NOW.minus(Timing.RESEND_INTERVAL).plusMillis(1));
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                ObservationFixture.worker(0, FIRST, waiting, requested),
                ObservationFixture.worker(
                    1, FIRST, waiting, lastCommand(LastCommand.Kind.ARM, 0, NOW.minusSeconds(5)))),
            ready("gin"));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(NOW.minusSeconds(3)), observed);

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(RunAction.RequestResults.class);
  }

  @Test
  void requestsAMissingResultHoweverLateTheOperatorIs() {
    // Given
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                running(0, WorkerReport.none(), Optional.empty()),
                running(1, WorkerReport.none(), Optional.empty())),
            TargetObservationBuilder.of("gin", new TargetObservation.State.Ready())
                .running(true)
                .build());
    Instant longAgo = NOW.minus(bound()).minusSeconds(600);

    // When
    List<RunAction> decisions =
        new RunSequence(PlanFixture.plan(), longAgo)
            .decide(ObservationFixture.scheduled(longAgo), observed, NOW);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            RunAction.RequestResults.class, ask -> assertThat(ask.workers()).hasSize(2));
  }

  @Test
  void discardsTheAttemptAfterTheSecondRequest() {
    // Given
    Optional<LastCommand> requested = lastCommand(LastCommand.Kind.REPEAT, 2, BOUND.plusSeconds(4));
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                ObservationFixture.worker(0, FIRST, measured(0), Optional.empty()),
                ObservationFixture.worker(1, FIRST, new ReportedState.Ran(), requested)),
            ready("gin"));

    // When
    List<RunAction> decisions =
        new RunSequence(PlanFixture.plan(), PlanFixture.START)
            .decide(ObservationFixture.scheduled(NOW), observed, BOUND.plusSeconds(7));

    // Then
    assertThat(only(decisions, RunAction.DiscardAttempt.class).why())
        .contains("no result of load-1");
  }

  @Test
  void requestsOnceMoreIfANewOperatorHasReadNothingYet() {
    // Given
    Optional<LastCommand> requested =
        lastCommand(LastCommand.Kind.REPEAT, Timing.MAX_RESULT_REQUESTS, BOUND.plusSeconds(4));
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                running(0, WorkerReport.none(), requested),
                running(1, WorkerReport.none(), requested)),
            ready("gin"));

    // When
    List<RunAction> decisions =
        new RunSequence(PlanFixture.plan(), PlanFixture.START)
            .decide(ObservationFixture.scheduled(NOW), observed, BOUND.plusSeconds(60));

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            RunAction.RequestResults.class,
            ask -> assertThat(ask.ask()).isEqualTo(Timing.MAX_RESULT_REQUESTS + 1));
  }

  @ParameterizedTest(name = "requested {0} times: {1}")
  @CsvSource({"2, true", "29, true", "30, false"})
  void keepsRequestingTheResultOfALiveWorkerThatHasNotAnswered(
      int requests, boolean requestsAgain) {
    // Given
    Instant now = BOUND.plusSeconds(100);
    WorkerReport alive =
        WorkerReportBuilder.receivedAt(now.minusSeconds(2))
            .state(FIRST, new ReportedState.Ran())
            .lastReportAt(now.minusSeconds(60))
            .build();
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                ObservationFixture.worker(0, FIRST, measured(0), Optional.empty()),
                running(
                    1, alive, lastCommand(LastCommand.Kind.REPEAT, requests, now.minusSeconds(4)))),
            ready("gin"));

    // When
    List<RunAction> decisions =
        new RunSequence(PlanFixture.plan(), PlanFixture.START)
            .decide(ObservationFixture.scheduled(NOW), observed, now);

    // Then
    assertThat(decisions.getFirst() instanceof RunAction.RequestResults).isEqualTo(requestsAgain);
  }

  private static Duration bound() {
    return Timing.resultTimeout(PlanFixture.plan().load(), PlanFixture.plan().steps().getFirst());
  }

  private static ReportedState measured(int worker) {
    return new ReportedState.Measured(MeasurementFixture.sound(worker));
  }

  private static Optional<LastCommand> lastCommand(LastCommand.Kind kind, int ask, Instant at) {
    return ObservationFixture.lastCommand(FIRST, kind, ask, at);
  }
}
