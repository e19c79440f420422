package bench.podium.results;

import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.measurement.StepMeasurement;
import bench.podium.domain.measurement.TargetSample;
import bench.podium.protocol.AttemptResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that is kept of a recorded step: its row, and what each worker reported, with the engine's
 * own output.
 *
 * @param run uid of the run
 * @param attempt number of the recorded attempt, aborts counted
 * @param t0EpochMicros when it started
 * @param merged of all workers
 * @param samples of each pod of the target, within the measured part
 * @param history the attempts before, which came to nothing
 */
public record StepData(
    String run,
    int attempt,
    long t0EpochMicros,
    Row row,
    StepMeasurement merged,
    List<AttemptResult> reports,
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
