package bench.podium.protocol;

import bench.podium.domain.measurement.WorkerMeasurement;

/**
 * All that a worker has to say of one attempt.
 *
 * @param warmupRequests replies during the warm-up, which no figure contains
 * @param warmupSent requests during the warm-up
 * @param engineOutput what the engine itself printed in the measured part, at most 64 KiB of it
 */
public record AttemptResult(
    int step,
    int attempt,
    long warmupRequests,
    long warmupSent,
    WorkerMeasurement measurement,
    String engineOutput) {

  /** Without what it measured by time, which is kept for all workers together. */
  public AttemptResult withoutSeries() {
    return new AttemptResult(
        step, attempt, warmupRequests, warmupSent, measurement.withoutSeries(), engineOutput);
  }
}
