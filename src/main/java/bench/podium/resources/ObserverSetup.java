package bench.podium.resources;

import java.time.Duration;

/**
 * How targets are observed.
 *
 * @param image with the observer's program
 * @param interval between two looks, in whole milliseconds
 * @param kept how many looks an observer keeps for an operator that was away
 */
public record ObserverSetup(WorkerImage image, Duration interval, int kept) {}
