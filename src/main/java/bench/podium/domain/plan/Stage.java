package bench.podium.domain.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * A load that is applied for a time.
 *
 * @param name unique in its run
 * @param duration of the measured part, without warm-up
 * @param probeRate requests per second of an additional open load of one worker. It provides
 *     latencies per second for an engine that has none, and is not part of any other figure; absent
 *     where the engine provides them
 */
public record Stage(String name, LoadModel load, Duration duration, Optional<Integer> probeRate) {}
