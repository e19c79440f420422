package bench.podium.domain.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * One load, held for a time.
 *
 * @param name unique in its run
 * @param duration of the measured part, without warm-up
 * @param probeRate requests a second of the open stream that one worker sends beside an engine that
 *     gives no figures by the second, to have such figures; they are no part of any other
 */
public record Stage(String name, LoadModel load, Duration duration, Optional<Integer> probeRate) {}
