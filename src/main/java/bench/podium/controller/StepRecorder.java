package bench.podium.controller;

import bench.podium.domain.judge.Row;
import bench.podium.domain.lifecycle.ContainerEnd;
import bench.podium.domain.lifecycle.Decision;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.plan.RunPlan;
import bench.podium.metrics.OperatorMeters;
import bench.podium.observe.PodLogs;
import bench.podium.observe.WorkerJournal;
import bench.podium.results.CrashData;
import bench.podium.results.StepData;
import bench.podium.status.RunView.Execution;
import bench.podium.wire.EpochMicros;
import bench.podium.wire.WorkerReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Brings what the load pods have said of a step into the run's results. */
final class StepRecorder {

  private static final Logger LOG = Logger.getLogger(StepRecorder.class);

  private final ResultStore results;
  private final PodLogs<WorkerJournal> logs;
  private final OperatorMeters meters;

  StepRecorder(ResultStore results, PodLogs<WorkerJournal> logs, OperatorMeters meters) {
    this.results = results;
    this.logs = logs;
    this.meters = meters;
  }

  /**
   * @return why not, where the API server turned it down
   */
  Optional<Trouble> record(Execution execution, Decision.RecordStep step) {
    Optional<Trouble> refusal = results.record(execution.plan(), data(execution, step));
    if (refusal.isEmpty()) {
      meters.recorded(step.row());
    }
    return refusal;
  }

  /** Rows of steps that could not be measured, up to the first that is turned down. */
  Optional<Trouble> recordWithoutData(RunPlan plan, List<Row> rows) {
    return rows.stream()
        .map(row -> results.recordWithoutData(plan, row))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * The ends of a target's containers. What keeps them from being written keeps the run from
   * nothing.
   */
  void recordCrash(RunPlan plan, Decision.RecordCrash crash) {
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
                    "run %s/%s: the log of target %s cannot be kept: %s",
                    plan.run().namespace(), plan.run().name(), crash.target(), why.message()));
  }

  private static CrashData.End end(ContainerEnd end) {
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

  private StepData data(Execution execution, Decision.RecordStep step) {
    Progress progress = execution.progress();
    String run = execution.plan().run().uid();
    List<WorkerReport> reports =
        step.workers().stream()
            .map(
                worker ->
                    logs.journal(run, worker.podUid())
                        .flatMap(journal -> journal.report(progress.current()))
                        .orElseThrow())
            .toList();
    long t0 = EpochMicros.of(progress.t0().orElseThrow());
    return new StepData(
        run,
        progress.atHand().number(),
        t0,
        step.row(),
        step.merged(),
        reports,
        step.samples(),
        progress.atHand().history());
  }
}
