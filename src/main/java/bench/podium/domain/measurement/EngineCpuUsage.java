package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.Optional;

/**
 * CPU time of an engine in its measured part, as its worker's kernel reports it.
 *
 * @param watched the time for which the other figures hold: most of the measured part
 * @param used CPU time of all threads
 * @param longestWait how long the thread that waited longest was runnable without a core
 * @param throttled how long the worker was throttled by its CPU limit
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
  private static final int MAX_LIMIT_USAGE_PERMILLE = 900;

  /**
   * Share of the time for which a thread waited for a core, in thousandths. The kernel counts a
   * wait when it ends, so that one may have begun before the watched time: hence at most 1000.
   */
  public int waitPermille() {
    return Math.min(THOUSAND, permille(longestWait, watched.toNanos()));
  }

  /**
   * Whether a thread waited for a core for more than {@value #MAX_WAIT_PERMILLE} thousandths of the
   * time.
   */
  boolean waitedTooLong() {
    return waitPermille() > MAX_WAIT_PERMILLE;
  }

  /**
   * How the worker's CPU limit throttled the engine, as a predicate for a message; empty if it did
   * not.
   */
  Optional<String> throttling() {
    if (throttled.isPositive()) {
      return Optional.of("was stopped for %d ms by its CPU limit".formatted(throttled.toMillis()));
    }
    return limitMillicores.flatMap(this::nearLimit);
  }

  private Optional<String> nearLimit(long millicores) {
    int share = permille(used, watched.toNanos() / THOUSAND * millicores);
    return share < MAX_LIMIT_USAGE_PERMILLE
        ? Optional.empty()
        : Optional.of("used %d thousandths of its CPU limit".formatted(share));
  }

  private static int permille(Duration part, long wholeNanos) {
    return wholeNanos == 0 ? 0 : (int) Math.round((double) part.toNanos() / wholeNanos * THOUSAND);
  }
}
