package bench.podium.domain.measurement;

import java.util.Collection;
import java.util.List;

/** What an engine was to keep up in the measured part, and how far it is to blame if it did not. */
public sealed interface OfferedLoad {

  /**
   * A closed load.
   *
   * @param count that were held open
   */
  record Connections(long count) implements OfferedLoad {}

  /**
   * An open load.
   *
   * @param planned requests that should have been sent
   * @param sendDelay of each that was sent: how much later than it should
   * @param noConnection requests that were due and found no connection: they were not sent, and are
   *     among the lost and the connect errors
   */
  record Rate(long planned, LatencyHistogram sendDelay, long noConnection) implements OfferedLoad {}

  /** Requests that were due and found no connection; none of a closed load is due by itself. */
  default long noConnection() {
    return switch (this) {
      case Connections _ -> 0;
      case Rate rate -> rate.noConnection();
    };
  }

  /** Of several workers with the same kind of load. */
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
