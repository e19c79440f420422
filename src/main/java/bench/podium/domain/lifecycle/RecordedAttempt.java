package bench.podium.domain.lifecycle;

import bench.podium.domain.plan.RunPlan;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The attempt that stands at hand while its step is left: recorded, or none. */
final class RecordedAttempt {

  private final RunPlan plan;
  private final Progress progress;
  private final Observation seen;

  RecordedAttempt(RunPlan plan, Progress progress, Observation seen) {
    this.plan = plan;
    this.progress = progress;
    this.seen = seen;
  }

  /** The first number of a sequence that it cannot have used. */
  long nextSequence() {
    return progress.t0().isEmpty()
        ? progress.nextSequence()
        : new SequenceBound(plan, plan.steps().get(progress.step()))
            .after(progress.nextSequence(), sent());
  }

  /** An operator that has just come may not have read what they said. */
  private Stream<Optional<Long>> sent() {
    return IntStream.range(0, plan.load().workers())
        .mapToObj(
            index ->
                seen.load() instanceof LoadObservation.Present present
                    ? present.workers().stream()
                        .filter(worker -> worker.index() == index)
                        .findFirst()
                        .flatMap(worker -> worker.talk().sentIn(progress.current()))
                    : Optional.empty());
  }
}
