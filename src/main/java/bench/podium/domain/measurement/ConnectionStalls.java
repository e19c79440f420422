package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;

/**
 * For how long the connections of a closed load waited in vain: for replies that took longer than
 * the load's timeout, or never came.
 *
 * @param connections that were to be held open
 * @param connectionTime connections x duration
 * @param waited whole waits, from the request to the reply or to the end, of those that exceeded
 *     the timeout; of a connection that could not be opened (again), for as long
 * @param unanswered connections that were waiting at the end, and for longer than the timeout
 * @param unansweredFor the shortest of these waits; zero where there is none
 */
public record ConnectionStalls(
    long connections,
    Duration connectionTime,
    Duration waited,
    long unanswered,
    Duration unansweredFor) {

  private static final double MILLION = 1e6;

  /** Of several workers; the order does not matter. */
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

  /** The share of the connections' time that was waited in vain, in a million, rounded up. */
  public long partsPerMillion() {
    return connectionTime.isZero()
        ? 0
        : (long)
            Math.min(
                MILLION, Math.ceil((double) waited.toNanos() / connectionTime.toNanos() * MILLION));
  }
}
