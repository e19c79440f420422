package bench.podium.domain.plan;

import java.time.Duration;

/**
 * What is the same for every step.
 *
 * @param workers workers
 * @param threads of the engine, in each worker
 * @param timeout after which a reply counts as a timeout
 * @param warmup not recorded, before the measured part of each step; may be zero
 * @param cooldown between the end of a step and the start of the next; may be zero
 */
public record LoadPlan(
    EngineKind engine,
    int workers,
    int threads,
    Duration timeout,
    Duration warmup,
    Duration cooldown) {}
