package bench.podium.domain.measurement;

/**
 * The state of a node's clock, as a worker's kernel reports it.
 *
 * @param bootId boot id of the node: two pods with the same id share a clock
 * @param synchronised whether a time source disciplines the clock
 * @param maxErrorMicros the kernel's bound of the clock's error
 */
public record ClockReading(String bootId, boolean synchronised, long maxErrorMicros) {}
