package bench.podium.engine;

import bench.podium.domain.measurement.WorkerMeasurement;

/**
 * What an engine measured in one attempt.
 *
 * @param warmupRequests replies during the warm-up
 * @param warmupSent requests during the warm-up
 * @param measurement of the measured part alone
 * @param output what the engine printed in the measured part, truncated to {@value
 *     #MAX_OUTPUT_LENGTH} characters
 */
public record EngineResult(
    WorkerMeasurement measurement, long warmupRequests, long warmupSent, String output) {

  public static final int MAX_OUTPUT_LENGTH = 64 * 1024;
}
