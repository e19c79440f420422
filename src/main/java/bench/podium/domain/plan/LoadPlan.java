package bench.podium.domain.plan;

import java.time.Duration;

/**
 * The load settings that are equal for all steps.
 *
 * @param workers number of workers, at least 1
 * @param threads of the engine in each worker, at least 1
 * @param timeout after which a reply counts as timed out
 * @param warmup before the measured part of each step, not recorded; may be zero
 * @param cooldown between the end of a step and the start of the next; may be zero
 */
public record LoadPlan(
    EngineKind engine,
    int workers,
    int threads,
    Duration timeout,
    Duration warmup,
    Duration cooldown) {}
