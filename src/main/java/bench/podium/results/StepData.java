package bench.podium.results;

import bench.podium.domain.judge.AttemptHistory;
import bench.podium.domain.judge.AttemptRecord;
import bench.podium.domain.judge.Row;
import bench.podium.domain.measure.StepMeasurement;
import bench.podium.domain.measure.TargetSample;
import bench.podium.wire.WorkerReport;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that is kept of a recorded step: its row, and what each load pod reported, with the engine's
 * own output.
 *
 * @param run uid of the run
 * @param attempt number of the recorded attempt, call-offs counted
 * @param t0EpochMicros when it started
 * @param merged of all load pods
 * @param samples of each pod of the target, within the measured part
 * @param history the attempts before, which came to nothing
 */
public record StepData(
    String run,
    int attempt,
    long t0EpochMicros,
    Row row,
    StepMeasurement merged,
    List<WorkerReport> reports,
    List<List<TargetSample>> samples,
    AttemptHistory history) {

  public StepData {
    reports =
        reports.stream()
            .sorted(Comparator.comparingInt(report -> report.measurement().worker()))
            .toList();
    samples = samples.stream().map(List::copyOf).toList();
  }

  /** All attempts at the step, the recorded one last. */
  AttemptHistory attempts() {
    long sent =
        reports.stream()
            .mapToLong(report -> report.warmupSent() + report.measurement().sent())
            .sum();
    return history.with(
        new AttemptRecord(attempt, AttemptRecord.Outcome.RECORDED, Optional.of(sent), ""));
  }
}
