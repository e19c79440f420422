package bench.podium.protocol;

import bench.podium.domain.measurement.WorkerMeasurement;

/**
 * A worker's complete result of one attempt.
 *
 * @param warmupRequests replies during the warm-up, which are not part of any metric
 * @param warmupSent requests sent during the warm-up
 * @param engineOutput output of the engine in the measured part, at most 64 KiB
 */
public record AttemptResult(
    int step,
    int attempt,
    long warmupRequests,
    long warmupSent,
    WorkerMeasurement measurement,
    String engineOutput) {

  /** A copy without the time series, which is stored for all workers together. */
  public AttemptResult withoutSeries() {
    return new AttemptResult(
        step, attempt, warmupRequests, warmupSent, measurement.withoutSeries(), engineOutput);
  }
}
