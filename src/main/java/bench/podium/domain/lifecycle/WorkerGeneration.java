package bench.podium.domain.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * The generation of a run's workers. All workers of a generation belong to one Job.
 *
 * @param number from 1
 * @param waitingSince since when the run has waited for running workers; absent once all were armed
 * @param lost number of generations that were lost before T0 since {@code waitingSince}
 */
public record WorkerGeneration(int number, Optional<Instant> waitingSince, int lost) {

  static WorkerGeneration first(Instant now) {
    return new WorkerGeneration(1, Optional.of(now), 0);
  }

  /** All workers were armed, and so have shown that they can run. */
  WorkerGeneration armed() {
    return new WorkerGeneration(number, Optional.empty(), 0);
  }

  /** Restarts the time for the workers to start: no operator was running to create them. */
  WorkerGeneration restartTimeout(Instant now) {
    return new WorkerGeneration(number, Optional.of(now), 0);
  }

  /**
   * The same generation at the next step: workers that were never armed get the whole time to start
   * again.
   */
  WorkerGeneration atNextStep(Instant now) {
    return new WorkerGeneration(number, waitingSince.map(since -> now), 0);
  }

  /** The next generation; the loss of this one is not counted. */
  WorkerGeneration next(Instant now) {
    return new WorkerGeneration(number + 1, Optional.of(now), 0);
  }

  /**
   * The next generation, after this one was lost before T0. The time to start counts from the first
   * loss: the workers may have run for long before it.
   */
  WorkerGeneration nextAfterLoss(Instant now) {
    return new WorkerGeneration(number + 1, lost == 0 ? Optional.of(now) : waitingSince, lost + 1);
  }
}
