package bench.podium.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a run has left its place to others since it made no progress. Unlike a {@link Suspension}
 * its deadline goes on meanwhile.
 *
 * @param since it has not been at work; absent while it is
 * @param tries that made no progress, one after the other
 * @param cause of the last, for a person; empty while it is at work
 */
public record NoProgressBackoff(Optional<Instant> since, int tries, String cause) {

  /** Of a run that goes on. */
  public static final NoProgressBackoff NONE = new NoProgressBackoff(Optional.empty(), 0, "");

  private static final int LONGEST_MINUTES = 30;

  /** Whether the run waits to be tried again. */
  public boolean isOn() {
    return since.isPresent();
  }

  /** Not before; absent while it is at work. */
  public Optional<Instant> nextTry() {
    return since.map(begun -> begun.plus(pause()));
  }

  /** 1, 2, 4 ... 30 min. */
  private Duration pause() {
    int doublings = Math.clamp(tries - 1L, 0, 5);
    return Duration.ofMinutes(Math.min(LONGEST_MINUTES, 1 << doublings));
  }

  NoProgressBackoff begin(Instant now, String why) {
    return isOn() ? this : new NoProgressBackoff(Optional.of(now), tries + 1, why);
  }

  NoProgressBackoff end() {
    return new NoProgressBackoff(Optional.empty(), tries, "");
  }
}
