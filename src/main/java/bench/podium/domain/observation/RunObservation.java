package bench.podium.domain.observation;

import bench.podium.domain.evaluation.Row;
import java.util.List;
import java.util.Optional;

/**
 * The state of a run at one moment, as the cluster and the pods' logs show it.
 *
 * @param targets those that exist in the cluster
 * @param requestedState what the spec requests now
 * @param terminatingWorkers the workers that may still run the terminated attempt; empty if there
 *     is none
 */
public record RunObservation(
    WorkersObservation workers,
    List<TargetObservation> targets,
    RecordedSteps recorded,
    RequestedState requestedState,
    List<WorkerObservation> terminatingWorkers) {

  /** What the spec may request of a run that is not finished. */
  public enum RequestedState {
    GO_ON,
    SUSPEND,
    CANCEL
  }

  public RunObservation {
    targets = List.copyOf(targets);
    terminatingWorkers = List.copyOf(terminatingWorkers);
  }

  /** One for each recorded step, in the order of the steps. */
  public List<Row> rows() {
    return recorded.rows();
  }

  public Optional<TargetObservation> target(String name) {
    return targets.stream().filter(target -> target.name().equals(name)).findFirst();
  }
}
