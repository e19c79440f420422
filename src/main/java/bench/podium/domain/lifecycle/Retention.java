package bench.podium.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;

/** How long the pods of a finished run are retained for inspection. */
public sealed interface Retention {

  /** They are deleted at once. */
  record None() implements Retention {}

  /** They are retained until the run is deleted. */
  record Forever() implements Retention {}

  /** They are retained for this time after the run has finished. */
  record For(Duration time) implements Retention {}

  default boolean keeps(Instant finishedAt, Instant now) {
    return switch (this) {
      case None() -> false;
      case Forever() -> true;
      case For(Duration time) -> now.isBefore(finishedAt.plus(time));
    };
  }
}
