package bench.podium.engine.wrk;

import bench.podium.domain.measurement.ErrorCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is known of a run of wrk as a whole.
 *
 * @param begun when wrk's duration began
 * @param opens when the first requests were to go
 * @param requests replies
 * @param errors by wrk's own count: late replies are its timeouts
 */
record WrkTotals(
    Instant begun,
    Instant opens,
    Duration duration,
    int connections,
    long sent,
    long requests,
    ErrorCounts errors) {

  /** In us since 1970. */
  long openedMicros() {
    return micros(opens);
  }

  /** In us since 1970. */
  long endMicros() {
    return micros(begun.plus(duration));
  }

  long broken() {
    return errors.read() + errors.write();
  }

  long late() {
    return errors.timeout();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
