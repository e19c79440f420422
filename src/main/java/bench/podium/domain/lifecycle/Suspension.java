package bench.podium.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a run was not at work because it was asked to pause: this time counts against no bound.
 *
 * @param since it has not been at work; absent while it is
 * @param before earlier pauses together
 */
public record Suspension(Optional<Instant> since, Duration before) {

  /** Of a run that has never paused. */
  public static final Suspension NONE = new Suspension(Optional.empty(), Duration.ZERO);

  /** Whether the run waits to be asked to go on, or for its place. */
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
