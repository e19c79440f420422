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
 * The stored data of a recorded step: its row, and the report of each worker with the output of the
 * engine.
 *
 * @param run uid of the run
 * @param attempt number of the recorded attempt, counting aborted ones
 * @param t0EpochMicros T0 of the attempt, in us since the epoch
 * @param merged measurements of all workers, merged
 * @param reports one for each worker
 * @param samples for each pod of the target, the samples within the measured part
 * @param history the earlier attempts, which were aborted or discarded
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

  /** All attempts of the step, the recorded one last. */
  AttemptHistory attempts() {
    long sent =
        reports.stream()
            .mapToLong(report -> report.warmupSent() + report.measurement().sent())
            .sum();
    return history.with(
        new AttemptRecord(attempt, AttemptRecord.Outcome.RECORDED, Optional.of(sent), ""));
  }
}
