package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.Optional;

/**
 * How much of the time the connections of a closed load waited for replies: for those that came in
 * time by Little's law (requests under way on average / connections), for the others by their
 * waits.
 *
 * <p>A closed load sends the next request when the reply is there, so that this is nearly one. What
 * is missing is in no wait: time inside the generator, connections not yet open or opened again,
 * and at the end of the step what was under way for less than the timeout. Only the last is as it
 * should be: each connection has a request under way then, which may have waited for long. So a
 * share of the time is allowed for, the larger the shorter the step is and the longer replies took.
 * More than one is impossible for latencies that were really measured.
 *
 * @param permille of the time; 1000 is always
 * @param lowest permille that is plausible for a step of this length with such latencies
 */
public record ConnectionUtilization(int permille, int lowest) {

  /** As all permille; the rest is for rounding. */
  static final int HIGHEST = 1020;

  /** Of the time without {@link #atItsEnds}. */
  private static final int LOWEST = 850;

  /** On a busy machine an engine's threads may begin, and note the end, as much too late. */
  private static final Duration LATE = Duration.ofMillis(250);

  private static final int THOUSAND = 1000;
  private static final int REQUESTS_PER_CONNECTION = 10;

  /**
   * @param keepAlive whether the load keeps its connections: if not, opening them takes time that
   *     is in no latency
   * @return empty where the check does not speak: of an open load, without keep-alive, where a
   *     socket broke, where replies were late or never came and nobody knows for how long, and with
   *     fewer than {@value #REQUESTS_PER_CONNECTION} replies a connection
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
    boolean speaks =
        keepAlive
            && errors.connections() == 0
            && (errors.timeout() == 0 || step.stalls().isPresent())
            && step.requests() > 0
            && step.requests() >= REQUESTS_PER_CONNECTION * connections;
    if (!speaks) {
      return Optional.empty();
    }
    double share = step.inFlight() / connections + stalledShare(step);
    return Optional.of(
        new ConnectionUtilization(
            (int) Math.round(share * THOUSAND),
            (int) Math.round(Math.max(0, 1 - atItsEnds(step)) * LOWEST)));
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
   * Share of a step's time that each connection may be without a latency for: what is under way at
   * the end has waited up to twice as long as any reply that came.
   */
  private static double atItsEnds(StepMeasurement step) {
    Duration longest = Duration.ofNanos(step.measured().maxMicros() * 1000);
    return (double) LATE.plus(longest.multipliedBy(2)).toNanos() / step.duration().toNanos();
  }

  boolean plausible() {
    return lowest <= permille && permille <= HIGHEST;
  }
}
