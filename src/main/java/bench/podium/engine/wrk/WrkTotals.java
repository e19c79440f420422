package bench.podium.engine.wrk;

import bench.podium.domain.measurement.ErrorCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The totals of one wrk process.
 *
 * @param begun when wrk's duration began
 * @param opens when the first requests were to be sent
 * @param connections of all threads
 * @param requests replies
 * @param errors as wrk counts them: timeouts are late replies
 */
record WrkTotals(
    Instant begun,
    Instant opens,
    Duration duration,
    int connections,
    long sent,
    long requests,
    ErrorCounts errors) {

  /** Time at which the first requests were to be sent, in us since the epoch. */
  long openedMicros() {
    return micros(opens);
  }

  /** Time at which wrk ended, in us since the epoch. */
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
