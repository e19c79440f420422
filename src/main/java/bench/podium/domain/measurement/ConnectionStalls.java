package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;

/**
 * How long the connections of a closed load were stalled: they waited for replies that took longer
 * than the load's timeout, or never came.
 *
 * @param connections number of connections that were to be kept open
 * @param connectionTime connections x duration
 * @param waited sum of the waits that exceeded the timeout, each from its request to the reply or
 *     to the end of the step; for a connection that could not be opened (again), the time without
 *     it
 * @param unanswered number of connections that at the end had waited for longer than the timeout
 * @param unansweredFor the shortest of those waits at the end; zero where there is none
 */
public record ConnectionStalls(
    long connections,
    Duration connectionTime,
    Duration waited,
    long unanswered,
    Duration unansweredFor) {

  private static final double MILLION = 1e6;

  /** The stalls of several workers; their order does not matter. */
  public static ConnectionStalls merge(Collection<ConnectionStalls> parts) {
    return new ConnectionStalls(
        parts.stream().mapToLong(ConnectionStalls::connections).sum(),
        parts.stream().map(ConnectionStalls::connectionTime).reduce(Duration.ZERO, Duration::plus),
        parts.stream().map(ConnectionStalls::waited).reduce(Duration.ZERO, Duration::plus),
        parts.stream().mapToLong(ConnectionStalls::unanswered).sum(),
        parts.stream()
            .filter(part -> part.unanswered > 0)
            .map(ConnectionStalls::unansweredFor)
            .min(Comparator.naturalOrder())
            .orElse(Duration.ZERO));
  }

  /** {@code waited / connectionTime} in parts per million, rounded up; at most a million. */
  public long partsPerMillion() {
    return connectionTime.isZero()
        ? 0
        : (long)
            Math.min(
                MILLION, Math.ceil((double) waited.toNanos() / connectionTime.toNanos() * MILLION));
  }
}
