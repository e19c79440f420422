package bench.podium.observation;

import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkersObservation;
import java.util.List;
import java.util.Optional;

/**
 * Names finished runs with retained pods in scheduling problems: a pod that finds no node may be
 * waiting for their resources, and its own status does not say so.
 */
final class RetainedNeighbours {

  /** Maximum number of runs named in a message. */
  private static final int MAX_NAMED = 5;

  private final List<String> runs;

  /**
   * @param runs each as namespace/name
   */
  RetainedNeighbours(List<String> runs) {
    this.runs = runs;
  }

  WorkersObservation addNeighbours(WorkersObservation load) {
    return load instanceof WorkersObservation.Present present && !runs.isEmpty()
        ? new WorkersObservation.Present(
            present.failed(),
            present.workers().stream().map(this::addNeighbours).toList(),
            present.othersUntil(),
            present.forbidden())
        : load;
  }

  private WorkerObservation addNeighbours(WorkerObservation worker) {
    return worker.state() instanceof WorkerObservation.State.Starting(Optional<Problem> problem)
        ? new WorkerObservation(
            worker.index(),
            worker.pod(),
            worker.podUid(),
            worker.node(),
            new WorkerObservation.State.Starting(problem.map(this::addNeighbours)),
            worker.report(),
            worker.lastCommand())
        : worker;
  }

  TargetObservation addNeighbours(TargetObservation target) {
    return target.state() instanceof TargetObservation.State.Starting starting && !runs.isEmpty()
        ? target.withState(
            new TargetObservation.State.Starting(
                starting.since(), starting.problem().map(this::addNeighbours)))
        : target;
  }

  private Problem addNeighbours(Problem problem) {
    return problem.kind() == Problem.Kind.UNSCHEDULABLE
        ? new Problem(
            problem.kind(),
            "pods of %s still exist, retained by its cleanup: %s"
                .formatted(names(), problem.message()))
        : problem;
  }

  private String names() {
    String first = String.join(", ", runs.subList(0, Math.min(MAX_NAMED, runs.size())));
    return runs.size() > MAX_NAMED
        ? "%s and %d more".formatted(first, runs.size() - MAX_NAMED)
        : first;
  }
}
