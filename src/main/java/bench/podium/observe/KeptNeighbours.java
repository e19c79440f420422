package bench.podium.observe;

import bench.podium.domain.lifecycle.LoadObservation;
import bench.podium.domain.lifecycle.TargetObservation;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.lifecycle.WorkerObservation;
import java.util.List;
import java.util.Optional;

/**
 * Finished runs whose pods still stand: where a pod finds no node, it may be theirs that it waits
 * for, and nobody else would say so.
 */
final class KeptNeighbours {

  /** More than a message has room for. */
  private static final int NAMED = 5;

  private final List<String> runs;

  /**
   * @param runs each as namespace/name
   */
  KeptNeighbours(List<String> runs) {
    this.runs = runs;
  }

  LoadObservation named(LoadObservation load) {
    return load instanceof LoadObservation.Present present && !runs.isEmpty()
        ? new LoadObservation.Present(
            present.failed(),
            present.workers().stream().map(this::named).toList(),
            present.othersUntil(),
            present.forbidden())
        : load;
  }

  private WorkerObservation named(WorkerObservation worker) {
    return worker.state() instanceof WorkerObservation.State.Starting(Optional<Trouble> trouble)
        ? new WorkerObservation(
            worker.index(),
            worker.pod(),
            worker.podUid(),
            worker.node(),
            new WorkerObservation.State.Starting(trouble.map(this::named)),
            worker.talk(),
            worker.told())
        : worker;
  }

  TargetObservation named(TargetObservation target) {
    return target.state() instanceof TargetObservation.State.Starting starting && !runs.isEmpty()
        ? target.in(
            new TargetObservation.State.Starting(
                starting.since(), starting.trouble().map(this::named)))
        : target;
  }

  private Trouble named(Trouble trouble) {
    return trouble.kind() == Trouble.Kind.UNSCHEDULABLE
        ? new Trouble(
            trouble.kind(),
            "pods of %s still stand, which its cleanup keeps: %s"
                .formatted(names(), trouble.message()))
        : trouble;
  }

  private String names() {
    String first = String.join(", ", runs.subList(0, Math.min(NAMED, runs.size())));
    return runs.size() > NAMED ? "%s and %d more".formatted(first, runs.size() - NAMED) : first;
  }
}
