package bench.podium.resources;

import java.time.Duration;

/**
 * How targets are observed.
 *
 * @param interval between two looks, in whole milliseconds
 * @param kept how many looks an observer keeps for an operator that was away
 */
public record Sampling(Duration interval, int kept) {}
