package bench.podium.domain.measurement;

/**
 * What a worker's kernel says of its clock.
 *
 * @param bootId of the node: two pods with the same one share a clock
 * @param maxErrorMicros the kernel's own bound of the clock's error
 */
public record ClockReading(String bootId, boolean synchronised, long maxErrorMicros) {}
