package bench.podium.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The back-off of a run that released its slot because it made no progress. Unlike during a {@link
 * Suspension}, the deadline is not postponed.
 *
 * @param since when it released the slot; absent while it is active
 * @param tries number of consecutive tries that made no progress
 * @param cause message with the cause of the last one; empty while it is active
 */
public record NoProgressBackoff(Optional<Instant> since, int tries, String cause) {

  /** The state of a run that makes progress. */
  public static final NoProgressBackoff NONE = new NoProgressBackoff(Optional.empty(), 0, "");

  private static final int MAX_PAUSE_MINUTES = 30;

  /** Whether the run waits for its next try. */
  public boolean isOn() {
    return since.isPresent();
  }

  /** When the run may be tried again; absent while it is active. */
  public Optional<Instant> nextTry() {
    return since.map(begun -> begun.plus(pause()));
  }

  /** 1, 2, 4, 8, 16, then 30 minutes. */
  private Duration pause() {
    int doublings = Math.clamp(tries - 1L, 0, 5);
    return Duration.ofMinutes(Math.min(MAX_PAUSE_MINUTES, 1 << doublings));
  }

  NoProgressBackoff begin(Instant now, String why) {
    return isOn() ? this : new NoProgressBackoff(Optional.of(now), tries + 1, why);
  }

  NoProgressBackoff end() {
    return new NoProgressBackoff(Optional.empty(), tries, "");
  }
}
