package bench.podium.domain.measure;

/**
 * @param message which figures contradict each other, for people
 */
public record BrokenLaw(Law law, String message) {}
