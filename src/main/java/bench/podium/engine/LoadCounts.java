package bench.podium.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * Request counts of an attempt, also while it is running.
 *
 * @param sent requests sent, warm-up included
 * @param minReplies lower bound of the replies, warm-up included, provided no request has failed
 * @param firstRequest time of the first request of the measured part
 */
public record LoadCounts(long sent, long minReplies, Optional<Instant> firstRequest) {}
