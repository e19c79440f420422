package bench.podium.domain.measurement;

/**
 * @param message which figures contradict each other, for people
 */
public record Violation(ConsistencyCheck check, String message) {}
