package bench.podium.domain.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The workers of the current generation. */
public sealed interface WorkersObservation {

  /** T0 waits for a clock that is ahead, but not for one that is merely wrong. */
  Duration MAX_CLOCK_AHEAD = Duration.ofSeconds(10);

  /** Its Job is not there. */
  record Absent() implements WorkersObservation {}

  /**
   * Pods that a quota or a rule refuses.
   *
   * @param since they could have been made
   */
  record Forbidden(Problem problem, Instant since) {}

  /**
   * Its Job cannot be made: an object of another origin has its name, or a rule forbids it.
   *
   * @param since when that was seen first
   */
  record Refused(Problem problem, Instant since) implements WorkersObservation {}

  /**
   * Its Job is there.
   *
   * @param failed the Job has given up, so no pod of it will come
   * @param othersUntil until when pods of other generations that still run are to be waited for;
   *     absent if none runs
   * @param forbidden why Kubernetes does not make its pods, where it says so
   */
  record Present(
      boolean failed,
      List<WorkerObservation> workers,
      Optional<Instant> othersUntil,
      Optional<Forbidden> forbidden)
      implements WorkersObservation {

    /** Nothing forbids its pods. */
    public Present(boolean failed, List<WorkerObservation> workers, Optional<Instant> othersUntil) {
      this(failed, workers, othersUntil, Optional.empty());
    }

    public Present {
      workers = workers.stream().sorted(Comparator.comparingInt(WorkerObservation::index)).toList();
    }

    /**
     * Why the generation is of no more use, if so. With its first pod a Job ends all the others:
     * the pod that says most is the one that was first.
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

    /** Why a pod does not start, if one says so. */
    public Optional<Problem> problem() {
      return workers.stream()
          .map(WorkerObservation::state)
          .filter(WorkerObservation.State.Starting.class::isInstance)
          .flatMap(state -> ((WorkerObservation.State.Starting) state).problem().stream())
          .findFirst()
          .or(() -> forbidden.map(Forbidden::problem));
    }

    /** Whether all of them run. */
    public boolean complete(int expected) {
      return workers.stream()
              .filter(worker -> worker.state() instanceof WorkerObservation.State.Running)
              .count()
          == expected;
    }

    /** Why the start cannot be agreed on with a pod, if so. */
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

    /** How far the clock that is furthest ahead is ahead of the operator's; at least zero. */
    public Duration clockAhead() {
      return workers.stream()
          .map(worker -> worker.report().clockAhead())
          .max(Comparator.naturalOrder())
          .filter(ahead -> !ahead.isNegative())
          .orElse(Duration.ZERO);
    }
  }
}
