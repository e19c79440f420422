package bench.podium.domain.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The workers of the current generation. */
public sealed interface WorkersObservation {

  /**
   * T0 is postponed for a clock that is ahead by up to this; beyond it the clock counts as wrong.
   */
  Duration MAX_CLOCK_AHEAD = Duration.ofSeconds(10);

  /** Their Job does not exist. */
  record Absent() implements WorkersObservation {}

  /**
   * A quota or an admission rule forbids pods of the Job.
   *
   * @param since when they could have been created
   */
  record Forbidden(Problem problem, Instant since) {}

  /**
   * Their Job cannot be created: its name is taken, or a quota or an admission rule forbids it.
   *
   * @param since when that was first seen
   */
  record Refused(Problem problem, Instant since) implements WorkersObservation {}

  /**
   * Their Job exists.
   *
   * @param failed whether the Job has failed, so that it creates no more pods
   * @param othersUntil until when running pods of other generations must be waited for; absent if
   *     none runs
   * @param forbidden why Kubernetes does not create its pods; absent where it reports no reason
   */
  record Present(
      boolean failed,
      List<WorkerObservation> workers,
      Optional<Instant> othersUntil,
      Optional<Forbidden> forbidden)
      implements WorkersObservation {

    /** A Job whose pods nothing forbids. */
    public Present(boolean failed, List<WorkerObservation> workers, Optional<Instant> othersUntil) {
      this(failed, workers, othersUntil, Optional.empty());
    }

    public Present {
      workers = workers.stream().sorted(Comparator.comparingInt(WorkerObservation::index)).toList();
    }

    /**
     * Why the generation is lost; absent if it is not. When the first pod fails, the Job deletes
     * all others, so that a specific problem is preferred to a deleted pod.
     */
    public Optional<Problem> lost() {
      return workers.stream()
          .map(WorkerObservation::state)
          .filter(WorkerObservation.State.Lost.class::isInstance)
          .map(state -> ((WorkerObservation.State.Lost) state).problem())
          .min(Comparator.comparing(problem -> problem.kind() == Problem.Kind.NOT_ARMED))
          .or(
              () ->
                  failed
                      ? Optional.of(
                          new Problem(Problem.Kind.NOT_ARMED, "the worker Job has failed"))
                      : Optional.empty());
    }

    /** Why a pod does not start; absent where no reason is known. */
    public Optional<Problem> problem() {
      return workers.stream()
          .map(WorkerObservation::state)
          .filter(WorkerObservation.State.Starting.class::isInstance)
          .flatMap(state -> ((WorkerObservation.State.Starting) state).problem().stream())
          .findFirst()
          .or(() -> forbidden.map(Forbidden::problem));
    }

    /** Whether {@code expected} workers run. */
    public boolean complete(int expected) {
      return workers.stream()
              .filter(worker -> worker.state() instanceof WorkerObservation.State.Running)
              .count()
          == expected;
    }

    /** A pod whose clock is too far ahead for a common T0; absent if there is none. */
    public Optional<Problem> clockProblem() {
      return workers.stream()
          .filter(worker -> worker.report().clockAhead().compareTo(MAX_CLOCK_AHEAD) > 0)
          .findFirst()
          .map(
              worker ->
                  new Problem(
                      Problem.Kind.NOT_ARMED,
                      "the clock of pod %s is %d s ahead of the operator's, %d s are allowed:"
                              .formatted(
                                  worker.pod(),
                                  worker.report().clockAhead().toSeconds(),
                                  MAX_CLOCK_AHEAD.toSeconds())
                          + " synchronise the clocks of the nodes"));
    }

    /** The largest offset of a worker's clock from the operator's; at least zero. */
    public Duration clockAhead() {
      return workers.stream()
          .map(worker -> worker.report().clockAhead())
          .max(Comparator.naturalOrder())
          .filter(ahead -> !ahead.isNegative())
          .orElse(Duration.ZERO);
    }
  }
}
