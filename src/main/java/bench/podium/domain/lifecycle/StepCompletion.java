package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.StepAssessment;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Instant;
import java.util.List;

/**
 * Decides whether an attempt of which all workers have reported their result is recorded or
 * discarded.
 */
final class StepCompletion {

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final RunObservation observed;
  private final Instant now;
  private final List<WorkerObservation> workers;
  private final TargetFailurePolicy failurePolicy;

  StepCompletion(RunPlan plan, Step step, Progress progress, RunObservation observed, Instant now) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.observed = observed;
    this.now = now;
    this.workers = ((WorkersObservation.Present) observed.workers()).workers();
    this.failurePolicy = new TargetFailurePolicy(plan, step, progress, observed, now);
  }

  List<RunAction> decide() {
    List<WorkerMeasurement> measurements =
        workers.stream()
            .map(worker -> worker.report().stateIn(progress.attemptId()))
            .map(reportedState -> ((ReportedState.Measured) reportedState).measurement())
            .toList();
    TargetObservation target = observed.target(step.target()).orElseThrow();
    if (!target.running()) {
      // Its pod is gone, and no other has started.
      return failurePolicy.discardAttempt();
    }
    if (failurePolicy.wasServiceUnavailable(measurements)) {
      return failurePolicy.discardAttempt("the Service of the target no longer routed to it");
    }
    List<RunAction> survival = failurePolicy.awaitSurvival(measurements);
    if (!survival.isEmpty()) {
      return survival;
    }
    SampleCollection samples = samples(target);
    List<RunAction> collection = samples.decide();
    if (!collection.isEmpty()) {
      return collection;
    }
    var context =
        new StepAssessment.AttemptContext(
            progress.attempt().discarded() + 1,
            target.restarts(),
            target.oomKills(),
            workers.stream().anyMatch(worker -> target.nodes().contains(worker.node())),
            samples.context());
    return switch (StepAssessment.assess(plan, step, measurements, context)) {
      case StepAssessment.Discarded(var violation) -> {
        String why = violation.check().reason() + ": " + violation.message();
        yield RetryPolicy.discardOrFail(plan, progress.discardAttempt(plan, now, why), why);
      }
      case StepAssessment.Valid(var row, var merged) ->
          List.of(new RunAction.RecordStep(row, merged, workers, samples.samples()));
    };
  }

  private SampleCollection samples(TargetObservation target) {
    Instant until = progress.t0().orElseThrow().plus(Timing.load(plan.load(), step));
    Instant from = until.minus(step.stage().duration());
    return new SampleCollection(target, progress.attemptId(), from, until, now);
  }
}
