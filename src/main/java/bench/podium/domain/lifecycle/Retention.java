package bench.podium.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;

/** How long what still stands at the end of a run is kept for a person to look at. */
public sealed interface Retention {

  /** Not at all. */
  record None() implements Retention {}

  /** Until the run is deleted. */
  record Forever() implements Retention {}

  /** For this time, counted from the end of the run. */
  record For(Duration time) implements Retention {}

  default boolean keeps(Instant finishedAt, Instant now) {
    return switch (this) {
      case None() -> false;
      case Forever() -> true;
      case For(Duration time) -> now.isBefore(finishedAt.plus(time));
    };
  }
}
