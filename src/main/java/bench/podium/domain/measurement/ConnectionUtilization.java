package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.Optional;

/**
 * The share of time in which the connections of a closed load waited for replies. For replies in
 * time it follows from Little's law (average number of requests in flight / connections), for all
 * others it is the sum of their waits.
 *
 * <p>A closed load sends the next request when the reply has arrived, so that the share is close to
 * 1. The rest is time that is in no wait: time inside the generator, time without an open
 * connection, and requests that at the end of the step were in flight for less than the timeout.
 * Only the last is expected: at the end each connection has a request in flight, which may have
 * waited for long. Therefore the lower bound is reduced by a share of the time that grows with the
 * latencies and with the inverse of the step's duration. A share above 1 is impossible for measured
 * latencies.
 *
 * @param permille share of the time in thousandths
 * @param lowest lower bound of a plausible {@code permille} for the step's duration and latencies
 */
public record ConnectionUtilization(int permille, int lowest) {

  /** Upper bound of a plausible share, in thousandths; 20 are for rounding. */
  static final int MAX_PERMILLE = 1020;

  /** Lower bound in thousandths, before it is reduced by {@link #unmeasuredShare}. */
  private static final int MIN_PERMILLE = 850;

  /** On a busy machine an engine's threads may notice the start and the end this much too late. */
  private static final Duration MAX_THREAD_DELAY = Duration.ofMillis(250);

  private static final int THOUSAND = 1000;
  private static final int MIN_REPLIES_PER_CONNECTION = 10;

  /**
   * @param keepAlive whether the load reuses its connections: if not, opening them takes time that
   *     is in no latency
   * @return empty where the check does not apply: for an open load, without keep-alive, if a
   *     connection broke, if replies were late or missing and the waits are unknown, and with fewer
   *     than {@value #MIN_REPLIES_PER_CONNECTION} replies per connection
   */
  static Optional<ConnectionUtilization> of(StepMeasurement step, boolean keepAlive) {
    return switch (step.offered()) {
      case OfferedLoad.Connections(long count) -> of(step, count, keepAlive);
      case OfferedLoad.Rate _ -> Optional.empty();
    };
  }

  private static Optional<ConnectionUtilization> of(
      StepMeasurement step, long connections, boolean keepAlive) {
    ErrorCounts errors = step.errors();
    boolean applies =
        keepAlive
            && errors.connections() == 0
            && (errors.timeout() == 0 || step.stalls().isPresent())
            && step.requests() > 0
            && step.requests() >= MIN_REPLIES_PER_CONNECTION * connections;
    if (!applies) {
      return Optional.empty();
    }
    double share = step.inFlight() / connections + stalledShare(step);
    return Optional.of(
        new ConnectionUtilization(
            (int) Math.round(share * THOUSAND),
            (int) Math.round(Math.max(0, 1 - unmeasuredShare(step)) * MIN_PERMILLE)));
  }

  private static double stalledShare(StepMeasurement step) {
    return step.stalls()
        .filter(stalls -> !stalls.connectionTime().isZero())
        .map(
            stalls ->
                (double) stalls.waited().toNanos() / (double) stalls.connectionTime().toNanos())
        .orElse(0.0);
  }

  /**
   * Share of the step's duration that may be missing from the latencies of each connection: a
   * request in flight at the end may have waited twice as long as the slowest reply.
   */
  private static double unmeasuredShare(StepMeasurement step) {
    Duration longest = Duration.ofNanos(step.measured().maxMicros() * 1000);
    return (double) MAX_THREAD_DELAY.plus(longest.multipliedBy(2)).toNanos()
        / step.duration().toNanos();
  }

  boolean isPlausible() {
    return lowest <= permille && permille <= MAX_PERMILLE;
  }
}
