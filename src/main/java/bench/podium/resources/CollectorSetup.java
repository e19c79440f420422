package bench.podium.resources;

import java.time.Duration;

/**
 * How targets are observed.
 *
 * @param image with the collector's program
 * @param interval between two looks, in whole milliseconds
 * @param kept how many looks a collector keeps for an operator that was away
 */
public record CollectorSetup(WorkerImage image, Duration interval, int kept) {}
