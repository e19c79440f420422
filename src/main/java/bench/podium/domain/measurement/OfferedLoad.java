package bench.podium.domain.measurement;

import java.util.Collection;
import java.util.List;

/**
 * The load that an engine was to apply in the measured part, and how well an open load kept its
 * schedule.
 */
public sealed interface OfferedLoad {

  /**
   * A closed load.
   *
   * @param count number of connections that were to be kept open
   */
  record Connections(long count) implements OfferedLoad {}

  /**
   * An open load.
   *
   * @param planned number of requests that were scheduled
   * @param sendDelay how much later than scheduled each request was sent
   * @param noConnection number of scheduled requests that found no connection: they were not sent,
   *     and count as lost and as connect errors
   */
  record Rate(long planned, LatencyHistogram sendDelay, long noConnection) implements OfferedLoad {}

  /**
   * Number of scheduled requests that found no connection; 0 for a closed load, which has no
   * schedule.
   */
  default long noConnection() {
    return switch (this) {
      case Connections _ -> 0;
      case Rate rate -> rate.noConnection();
    };
  }

  /** The load of several workers with the same kind of load. */
  static OfferedLoad merge(Collection<OfferedLoad> parts) {
    List<Rate> rates = parts.stream().filter(Rate.class::isInstance).map(Rate.class::cast).toList();
    if (!rates.isEmpty()) {
      return new Rate(
          rates.stream().mapToLong(Rate::planned).sum(),
          LatencyHistogram.merge(rates.stream().map(Rate::sendDelay).toList()),
          rates.stream().mapToLong(Rate::noConnection).sum());
    }
    return new Connections(
        parts.stream()
            .mapToLong(
                part ->
                    switch (part) {
                      case Connections(long count) -> count;
                      case Rate _ -> 0;
                    })
            .sum());
  }
}
