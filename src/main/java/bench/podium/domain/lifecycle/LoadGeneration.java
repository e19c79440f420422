package bench.podium.domain.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * Which workers a run has, by the generation of their Job.
 *
 * @param number from 1
 * @param waitingSince since when the run has waited for workers that run; absent once all armed
 * @param lost generations lost before T0 since {@code waitingSince}
 */
public record LoadGeneration(int number, Optional<Instant> waitingSince, int lost) {

  static LoadGeneration first(Instant now) {
    return new LoadGeneration(1, Optional.of(now), 0);
  }

  /** The workers have shown that they can run. */
  LoadGeneration armed() {
    return new LoadGeneration(number, Optional.empty(), 0);
  }

  /** The workers could not come up while nobody made them. */
  LoadGeneration awaitAfresh(Instant now) {
    return new LoadGeneration(number, Optional.of(now), 0);
  }

  /** The same at a later step: pods that have not armed yet are awaited afresh. */
  LoadGeneration atNextStep(Instant now) {
    return new LoadGeneration(number, waitingSince.map(since -> now), 0);
  }

  /** Others in place of these, whose loss counts for nothing. */
  LoadGeneration next(Instant now) {
    return new LoadGeneration(number + 1, Optional.of(now), 0);
  }

  /**
   * Others in place of these, which were lost before T0. The time for workers to come up counts
   * from the first loss: those before it may have run for long.
   */
  LoadGeneration nextAfterLoss(Instant now) {
    return new LoadGeneration(number + 1, lost == 0 ? Optional.of(now) : waitingSince, lost + 1);
  }
}
