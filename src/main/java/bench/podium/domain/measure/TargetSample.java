package bench.podium.domain.measure;

import java.time.Duration;
import java.time.Instant;

/**
 * One look at all processes of a target's pod.
 *
 * @param index counts the observer's looks from 0, without a gap
 * @param takenAt by the pod's clock
 * @param cpu time on a core since the pod began, of its processes and of those that have ended
 * @param memoryBytes resident at this moment, of all processes
 * @param threads at this moment, of all processes
 */
public record TargetSample(
    long index, Instant takenAt, Duration cpu, long memoryBytes, int threads) {}
