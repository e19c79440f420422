package bench.podium.resources;

import java.time.Duration;

/**
 * Settings of the collectors.
 *
 * @param image with the collector's program
 * @param interval between two samples, in whole milliseconds
 * @param retainedSamples how many samples a collector retains for an operator that was not running
 */
public record CollectorSetup(WorkerImage image, Duration interval, int retainedSamples) {}
