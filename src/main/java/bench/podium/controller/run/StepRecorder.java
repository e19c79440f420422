package bench.podium.controller.run;

import bench.podium.controller.cluster.ResultStore;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.RunAction;
import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.RunPlan;
import bench.podium.metrics.OperatorMeters;
import bench.podium.observation.PodLogs;
import bench.podium.observation.WorkerLogState;
import bench.podium.protocol.AttemptResult;
import bench.podium.protocol.EpochMicros;
import bench.podium.results.CrashData;
import bench.podium.results.StepData;
import bench.podium.status.RunSnapshot.Execution;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Writes the workers' results of a step into the run's results. */
final class StepRecorder {

  private static final Logger LOG = Logger.getLogger(StepRecorder.class);

  private final ResultStore results;
  private final PodLogs<WorkerLogState> logs;
  private final OperatorMeters meters;

  StepRecorder(ResultStore results, PodLogs<WorkerLogState> logs, OperatorMeters meters) {
    this.results = results;
    this.logs = logs;
    this.meters = meters;
  }

  /**
   * @return the problem, if the API server rejected the results
   */
  Optional<Problem> record(Execution execution, RunAction.RecordStep step) {
    Optional<Problem> refusal = results.record(execution.plan(), data(execution, step));
    if (refusal.isEmpty()) {
      meters.recorded(step.row());
    }
    return refusal;
  }

  /** Records rows of steps that could not be measured, up to the first that is rejected. */
  Optional<Problem> recordWithoutData(RunPlan plan, List<Row> rows) {
    return rows.stream()
        .map(row -> results.recordWithoutData(plan, row))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Records how a target's containers terminated. A failure is only logged and does not affect the
   * run.
   */
  void recordCrash(RunPlan plan, RunAction.RecordCrash crash) {
    results
        .recordCrash(
            plan,
            new CrashData(
                plan.run().uid(),
                crash.step(),
                crash.attempt(),
                crash.target(),
                crash.ends().stream().map(StepRecorder::end).toList()))
        .ifPresent(
            why ->
                LOG.warnf(
                    "run %s/%s: the log of target %s cannot be stored: %s",
                    plan.run().namespace(), plan.run().name(), crash.target(), why.message()));
  }

  private static CrashData.End end(ContainerTermination end) {
    return new CrashData.End(
        end.pod(),
        end.container(),
        end.restart(),
        end.exit().code(),
        end.exit().signal(),
        end.exit().reason(),
        end.finishedAt().map(Instant::toString),
        end.log().lastLine(),
        end.log().lines());
  }

  private StepData data(Execution execution, RunAction.RecordStep step) {
    Progress progress = execution.progress();
    String run = execution.plan().run().uid();
    List<AttemptResult> reports =
        step.workers().stream()
            .map(
                worker ->
                    logs.logState(run, worker.podUid())
                        .flatMap(logState -> logState.result(progress.attemptId()))
                        .orElseThrow())
            .toList();
    long t0 = EpochMicros.of(progress.t0().orElseThrow());
    return new StepData(
        run,
        progress.attempt().number(),
        t0,
        step.row(),
        step.merged(),
        reports,
        step.samples(),
        progress.attempt().history());
  }
}
