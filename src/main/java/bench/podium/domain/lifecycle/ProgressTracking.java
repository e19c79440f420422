package bench.podium.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the leading operator itself has seen a run make progress. Time in which no operator was
 * running, or in which it could not read the run, does not count.
 *
 * @param lastProgressAt when it last saw progress: a write of the run's progress or of a row was
 *     accepted; initially when it began to lead
 * @param lastReadAt when it last read the run
 * @param failure why the last failed request failed; absent after a reconciliation without a
 *     failure
 * @param failingSince when the first of the consecutive failures occurred
 */
public record ProgressTracking(
    Instant lastProgressAt,
    Instant lastReadAt,
    Optional<String> failure,
    Optional<Instant> failingSince) {

  /** Maximum time between two reconciliations of an undisturbed run. */
  private static final Duration MAX_READ_INTERVAL = Duration.ofSeconds(15);

  /** Progress was seen now. */
  public static ProgressTracking startingAt(Instant now) {
    return new ProgressTracking(now, now, Optional.empty(), Optional.empty());
  }

  /** The run was read. */
  public ProgressTracking read(Instant now) {
    Duration since = Duration.between(lastReadAt, now);
    boolean wasAway = since.compareTo(MAX_READ_INTERVAL) > 0;
    Duration away = wasAway ? since : Duration.ZERO;
    return new ProgressTracking(
        lastProgressAt.plus(away), now, failure, failingSince.map(first -> first.plus(away)));
  }

  /** A request has failed. */
  public ProgressTracking failed(String why, Instant now) {
    return new ProgressTracking(
        lastProgressAt, lastReadAt, Optional.of(why), Optional.of(failingSince.orElse(now)));
  }

  /** All requests of a reconciliation succeeded. */
  public ProgressTracking succeeded() {
    return new ProgressTracking(lastProgressAt, lastReadAt, Optional.empty(), Optional.empty());
  }
}
