package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.Optional;

/**
 * How an engine was served with CPU time in its measured part, by its worker's kernel.
 *
 * @param watched how much of the measured part was looked at; the rest of the figures are of that
 * @param used CPU time of all its threads
 * @param longestWait of the thread that waited longest: how long it could have run, and had no core
 * @param throttled how long the worker was stopped because of its CPU limit
 * @param limitMillicores the worker's CPU limit; absent where it has none
 */
public record EngineCpuUsage(
    Duration watched,
    Duration used,
    Duration longestWait,
    Duration throttled,
    Optional<Long> limitMillicores) {

  private static final int THOUSAND = 1000;
  private static final int MAX_WAIT_PERMILLE = 100;
  private static final int MAX_OF_LIMIT_PERMILLE = 900;

  /**
   * Share of the time for which a thread waited for a core, in thousandths. A wait is accounted for
   * at its end, so that one may reach back beyond what was watched: more than always is always.
   */
  public int waitPermille() {
    return Math.min(THOUSAND, permille(longestWait, watched.toNanos()));
  }

  /** Whether it waited longer than latencies of an open load can bear: they contain it. */
  boolean waited() {
    return waitPermille() > MAX_WAIT_PERMILLE;
  }

  /** Whether the worker's own limit held it back; in words. */
  Optional<String> heldByLimit() {
    if (throttled.isPositive()) {
      return Optional.of("was stopped for %d ms by its CPU limit".formatted(throttled.toMillis()));
    }
    return limitMillicores.flatMap(this::heldBy);
  }

  private Optional<String> heldBy(long millicores) {
    int share = permille(used, watched.toNanos() / THOUSAND * millicores);
    return share < MAX_OF_LIMIT_PERMILLE
        ? Optional.empty()
        : Optional.of("used %d thousandths of its CPU limit".formatted(share));
  }

  private static int permille(Duration part, long wholeNanos) {
    return wholeNanos == 0 ? 0 : (int) Math.round((double) part.toNanos() / wholeNanos * THOUSAND);
  }
}
