package bench.podium.domain.plan;

import java.time.Duration;

/**
 * One load, held for a time.
 *
 * @param name unique in its run
 * @param duration of the measured part, without warm-up
 */
public record Stage(String name, LoadModel load, Duration duration) {}
