package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.StepAssessment;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.measure.WorkerMeasurement;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Instant;
import java.util.List;

/** An attempt of which all load pods have given their result: judged, and recorded or void. */
final class StepRecord {

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final Observation seen;
  private final Instant now;
  private final List<WorkerObservation> workers;
  private final TargetFault fault;

  StepRecord(RunPlan plan, Step step, Progress progress, Observation seen, Instant now) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.seen = seen;
    this.now = now;
    this.workers = ((LoadObservation.Present) seen.load()).workers();
    this.fault = new TargetFault(plan, step, progress, seen, now);
  }

  List<Decision> decide() {
    List<WorkerMeasurement> measurements =
        workers.stream()
            .map(worker -> worker.talk().of(progress.current()))
            .map(says -> ((Says.Measured) says).measurement())
            .toList();
    TargetObservation target = seen.target(step.target()).orElseThrow();
    if (!target.running()) {
      // Its pod went, and no other has started.
      return fault.voidAttempt();
    }
    if (fault.wasCutOff(measurements)) {
      return fault.voidAttempt("the Service of the target did not lead to it any more");
    }
    List<Decision> outlived = fault.outlived(measurements);
    if (!outlived.isEmpty()) {
      return outlived;
    }
    AwaitedSamples samples = samples(target);
    List<Decision> awaited = samples.decide();
    if (!awaited.isEmpty()) {
      return awaited;
    }
    var circumstances =
        new StepAssessment.Circumstances(
            progress.atHand().voided() + 1,
            target.restarts(),
            target.oomKills(),
            workers.stream().anyMatch(worker -> target.nodes().contains(worker.node())),
            samples.observed());
    return switch (StepAssessment.assess(plan, step, measurements, circumstances)) {
      case StepAssessment.Voided(var law) -> {
        String why = law.law().reason() + ": " + law.message();
        yield Attempts.voidOrEnd(plan, progress.voidAttempt(plan, now, why), why);
      }
      case StepAssessment.Valid(var row, var merged) ->
          List.of(new Decision.RecordStep(row, merged, workers, samples.within()));
    };
  }

  private AwaitedSamples samples(TargetObservation target) {
    Instant until = progress.t0().orElseThrow().plus(Timing.load(plan.load(), step));
    Instant from = until.minus(step.stage().duration());
    return new AwaitedSamples(target, progress.current(), from, until, now);
  }
}
