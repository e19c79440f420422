package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.ObservationFixture.NOW;
import static bench.podium.domain.lifecycle.ObservationFixture.only;
import static bench.podium.domain.lifecycle.ObservationFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.measurement.TargetSamples;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.CollectorReport;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.AttemptId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Starts that a quota, an admission rule, a taken name or a reserved user prevents. */
class RefusedStartTest {

  private static final Progress ADMITTED = Progress.atAdmission(NOW);
  private static final Problem TAKEN =
      new Problem(
          Problem.Kind.NAME_TAKEN, "Job shop-load-g1 exists and does not belong to this run");
  private static final WorkersObservation STARTING =
      ObservationFixture.workers(
          ObservationFixture.worker(
              0, new State.Starting(Optional.empty()), WorkerReport.none(), Optional.empty()));

  @Test
  void namesTheQuotaThatForbidsATarget() {
    // Given
    Problem quota = new Problem(Problem.Kind.FORBIDDEN, "exceeded quota");
    RunObservation observed =
        ObservationFixture.of(
            ObservationFixture.workers(
                new AttemptId(0, 0), new ReportedState.Nothing(), new ReportedState.Nothing()),
            ObservationFixture.target(
                "gin", new TargetObservation.State.Refused(quota, NOW.minusSeconds(120))));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(decisions.getFirst()).isEqualTo(new RunAction.DeleteTarget("gin"));
    assertThat(((RunAction.FailTarget) decisions.getLast()).rows())
        .allSatisfy(
            row -> {
              assertThat(row.reason()).isEqualTo(RowReason.FORBIDDEN);
              assertThat(row.message()).endsWith(": exceeded quota").contains("raise the quota");
            })
        .hasSize(2);
  }

  @Test
  void failsATargetWithAnInvalidFieldSoonWithoutBlamingAQuota() {
    // Given
    Problem invalid = new Problem(Problem.Kind.INVALID, "spec.template.annotations: bad");
    RunObservation observed =
        ObservationFixture.of(
            STARTING,
            ObservationFixture.target(
                "gin", new TargetObservation.State.Refused(invalid, NOW.minusSeconds(5))));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(((RunAction.FailTarget) decisions.getLast()).rows())
        .allSatisfy(
            row -> {
              assertThat(row.reason()).isEqualTo(RowReason.FORBIDDEN);
              assertThat(row.message())
                  .isEqualTo(
                      "create a new run with a valid value in the field of deploy that Kubernetes"
                          + " names: spec.template.annotations: bad");
            })
        .hasSize(2);
  }

  @Test
  void finishesTheRunSoonForWorkersWithAnInvalidField() {
    // Given
    Problem invalid = new Problem(Problem.Kind.INVALID, "spec.template.annotations: bad");
    RunObservation observed =
        ObservationFixture.of(
            new WorkersObservation.Refused(invalid, NOW.minusSeconds(5)), ready("gin"));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(only(decisions, RunAction.FinishRun.class).message())
        .isEqualTo(
            "the workers cannot be created; create a new run with a valid value in the field of"
                + " load.template that Kubernetes names: spec.template.annotations: bad");
  }

  @Test
  void failsATargetWithAForbiddenPodSoonWithAHint() {
    // Given
    Problem quota = new Problem(Problem.Kind.FORBIDDEN, "exceeded quota");
    RunObservation observed =
        ObservationFixture.of(
            STARTING,
            ObservationFixture.target(
                "gin",
                new TargetObservation.State.Starting(NOW.minusSeconds(5), Optional.of(quota))));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(((RunAction.FailTarget) decisions.getLast()).rows())
        .allSatisfy(
            row ->
                assertThat(row.message()).contains("raise the quota").endsWith(": exceeded quota"))
        .hasSize(2);
  }

  @Test
  void failsATargetThatRunsAsItsCollectorsUserAtOnce() {
    // Given
    CollectorReport report =
        new CollectorReport(TargetSamples.none(), Optional.empty(), Optional.of("target"), false);
    RunObservation observed =
        ObservationFixture.of(
            STARTING,
            ObservationFixture.withCollectors(
                "gin", new CollectorObservation("pod", report, Optional.empty())));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(((RunAction.FailTarget) decisions.getLast()).rows())
        .allSatisfy(
            row -> {
              assertThat(row.reason()).isEqualTo(RowReason.FORBIDDEN);
              assertThat(row.message())
                  .startsWith("give the target's image")
                  .endsWith("target runs as the user that is reserved for the collector");
            })
        .hasSize(2);
  }

  @Test
  void finishesTheRunSoonForForbiddenWorkersWithAHint() {
    // Given
    RunObservation observed = ObservationFixture.of(forbidden(NOW.minusSeconds(5)), ready("gin"));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    RunAction.FinishRun end = only(decisions, RunAction.FinishRun.class);
    assertThat(end.reason()).isEqualTo(FinishReason.WORKERS_FAILED);
    assertThat(end.message()).contains("raise the quota").endsWith(": exceeded quota");
  }

  @Test
  void waitsForWorkersThatAreForbiddenForAMoment() {
    // Given: pods of an earlier generation may occupy the quota until they are deleted
    RunObservation observed = ObservationFixture.of(forbidden(NOW.minusSeconds(4)), ready("gin"));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(decisions).singleElement().isInstanceOf(RunAction.Await.class);
  }

  @Test
  void finishesTheRunSoonForARejectedWorkerJobWithAHint() {
    // Given
    Problem quota = new Problem(Problem.Kind.FORBIDDEN, "exceeded quota");
    RunObservation observed =
        ObservationFixture.of(
            new WorkersObservation.Refused(quota, NOW.minusSeconds(5)), ready("gin"));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    RunAction.FinishRun end = only(decisions, RunAction.FinishRun.class);
    assertThat(end.reason()).isEqualTo(FinishReason.WORKERS_FAILED);
    assertThat(end.message()).contains("raise the quota").endsWith(": exceeded quota");
  }

  @Test
  void retriesATakenNameThatMayBecomeFree() {
    // Given: the objects of an earlier run of this name are deleted some time after it
    RunObservation observed =
        ObservationFixture.of(
            new WorkersObservation.Refused(TAKEN, NOW.minusSeconds(60)), ready("gin"));

    // When
    List<RunAction> decisions = ObservationFixture.decide(ADMITTED, observed);

    // Then
    assertThat(decisions).contains(new RunAction.CreateWorkers(1));
  }

  @Test
  void finishesTheRunAtTheTimeoutForATakenNameWithAHint() {
    // Given
    Progress early = Progress.atAdmission(NOW.minusSeconds(120));
    RunObservation observed =
        ObservationFixture.of(
            new WorkersObservation.Refused(TAKEN, NOW.minusSeconds(120)), ready("gin"));

    // When
    List<RunAction> decisions = ObservationFixture.decide(early, observed);

    // Then
    assertThat(only(decisions, RunAction.FinishRun.class).message())
        .contains("delete that object, or give the run another name: Job shop-load-g1 exists");
  }

  private static WorkersObservation forbidden(Instant since) {
    return new WorkersObservation.Present(
        false,
        List.of(),
        Optional.empty(),
        Optional.of(
            new WorkersObservation.Forbidden(
                new Problem(Problem.Kind.FORBIDDEN, "exceeded quota"), since)));
  }
}
