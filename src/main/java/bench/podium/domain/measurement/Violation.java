package bench.podium.domain.measurement;

/**
 * A violation of a consistency check.
 *
 * @param message which figures contradict each other
 */
public record Violation(ConsistencyCheck check, String message) {}
