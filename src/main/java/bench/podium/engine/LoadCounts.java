package bench.podium.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an attempt that is not over.
 *
 * @param sent requests, warm-up included
 * @param fewestRequests replies, warm-up included: at least so many, if no request has failed
 * @param firstRequest of the measured part
 */
public record LoadCounts(long sent, long fewestRequests, Optional<Instant> firstRequest) {}
