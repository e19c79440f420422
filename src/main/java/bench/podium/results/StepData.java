package bench.podium.results;

import bench.podium.domain.judge.Row;
import bench.podium.domain.measure.StepMeasurement;
import bench.podium.domain.measure.TargetSample;
import bench.podium.wire.WorkerReport;
import java.util.Comparator;
import java.util.List;

/**
 * All that is kept of a recorded step: its row, and what each load pod reported, with the engine's
 * own output.
 *
 * @param run uid of the run
 * @param attempt number of the recorded attempt, call-offs counted
 * @param t0EpochMicros when it started
 * @param merged of all load pods
 * @param samples of each pod of the target, within the measured part
 */
public record StepData(
    String run,
    int attempt,
    long t0EpochMicros,
    Row row,
    StepMeasurement merged,
    List<WorkerReport> reports,
    List<List<TargetSample>> samples) {

  public StepData {
    reports =
        reports.stream()
            .sorted(Comparator.comparingInt(report -> report.measurement().worker()))
            .toList();
    samples = samples.stream().map(List::copyOf).toList();
  }
}
