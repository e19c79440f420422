package bench.podium.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The times in which a run was suspended by its spec. They count against no bound.
 *
 * @param since when it was suspended; absent while it is active
 * @param before total duration of earlier suspensions
 */
public record Suspension(Optional<Instant> since, Duration before) {

  /** The state of a run that was never suspended. */
  public static final Suspension NONE = new Suspension(Optional.empty(), Duration.ZERO);

  /** Whether the run waits to be resumed, or for its slot. */
  public boolean isOn() {
    return since.isPresent();
  }

  Suspension begin(Instant now) {
    return isOn() ? this : new Suspension(Optional.of(now), before);
  }

  Suspension end(Instant now) {
    return new Suspension(
        Optional.empty(),
        since
            .map(begun -> Duration.between(begun, now))
            .filter(Duration::isPositive)
            .map(before::plus)
            .orElse(before));
  }
}
