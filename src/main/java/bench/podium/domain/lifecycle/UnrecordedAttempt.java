package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.RunPlan;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The attempt that is current when the run moves on to another step. It has been recorded, or there
 * is none.
 */
final class UnrecordedAttempt {

  private final RunPlan plan;
  private final Progress progress;
  private final RunObservation observed;

  UnrecordedAttempt(RunPlan plan, Progress progress, RunObservation observed) {
    this.plan = plan;
    this.progress = progress;
    this.observed = observed;
  }

  /** The first sequence number that it cannot have used. */
  long nextSequence() {
    return progress.t0().isEmpty()
        ? progress.nextSequence()
        : new SequenceNumberBound(plan, plan.steps().get(progress.step()))
            .after(progress.nextSequence(), sent());
  }

  /** Absent for workers whose reports a new operator has not read yet. */
  private Stream<Optional<Long>> sent() {
    return IntStream.range(0, plan.load().workers())
        .mapToObj(
            index ->
                observed.workers() instanceof WorkersObservation.Present present
                    ? present.workers().stream()
                        .filter(worker -> worker.index() == index)
                        .findFirst()
                        .flatMap(worker -> worker.report().sentIn(progress.attemptId()))
                    : Optional.empty());
  }
}
