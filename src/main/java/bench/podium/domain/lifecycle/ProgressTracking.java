package bench.podium.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the operator that leads a run has seen of it itself. Time in which there was no operator, or
 * in which it could not read the run, is not held against it.
 *
 * @param at when it last saw the run go on: a write of its progress was accepted, or a row; at
 *     first when it began to lead it
 * @param lookedAt when it last read it
 * @param failure what the last request failed of, where no turn has gone well since
 * @param failingSince when the first of those that failed in a row did
 */
public record ProgressTracking(
    Instant at, Instant lookedAt, Optional<String> failure, Optional<Instant> failingSince) {

  /** Between two looks while nothing is amiss: at most. */
  private static final Duration ABSENCE = Duration.ofSeconds(15);

  /** It goes on. */
  public static ProgressTracking at(Instant now) {
    return new ProgressTracking(now, now, Optional.empty(), Optional.empty());
  }

  /** The run was read. */
  public ProgressTracking looked(Instant now) {
    Duration since = Duration.between(lookedAt, now);
    boolean wasAway = since.compareTo(ABSENCE) > 0;
    Duration away = wasAway ? since : Duration.ZERO;
    return new ProgressTracking(
        at.plus(away), now, failure, failingSince.map(first -> first.plus(away)));
  }

  /** A request has failed. */
  public ProgressTracking failed(String why, Instant now) {
    return new ProgressTracking(
        at, lookedAt, Optional.of(why), Optional.of(failingSince.orElse(now)));
  }

  /** All requests of a turn were answered well. */
  public ProgressTracking answered() {
    return new ProgressTracking(at, lookedAt, Optional.empty(), Optional.empty());
  }
}
