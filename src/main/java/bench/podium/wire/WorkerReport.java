package bench.podium.wire;

import bench.podium.domain.measure.LatencySeries;
import bench.podium.domain.measure.WorkerMeasurement;

/**
 * All that a load pod has to say of one attempt.
 *
 * @param warmupRequests replies during the warm-up, which no figure contains
 * @param warmupSent requests during the warm-up
 * @param engineOutput what the engine itself printed in the measured part, at most 64 KiB of it
 */
public record WorkerReport(
    int step,
    int attempt,
    long warmupRequests,
    long warmupSent,
    WorkerMeasurement measurement,
    String engineOutput) {

  /** Without its latencies by the second, which are kept for all load pods together. */
  public WorkerReport withoutSeries() {
    return new WorkerReport(
        step,
        attempt,
        warmupRequests,
        warmupSent,
        measurement.with(LatencySeries.none()),
        engineOutput);
  }
}
