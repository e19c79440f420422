package bench.podium.domain.observation;

import bench.podium.domain.evaluation.Row;
import java.util.List;
import java.util.Optional;

/**
 * What is seen of a run at one moment.
 *
 * @param targets those that stand in the cluster
 * @param requestedState what the spec asks for now
 * @param ending the workers that may have the attempt that was given up; empty if there is none
 */
public record RunObservation(
    WorkersObservation load,
    List<TargetObservation> targets,
    RecordedSteps recorded,
    RequestedState requestedState,
    List<WorkerObservation> ending) {

  /** What may be asked of a run that goes on. */
  public enum RequestedState {
    GO_ON,
    SUSPEND,
    CANCEL
  }

  public RunObservation {
    targets = List.copyOf(targets);
    ending = List.copyOf(ending);
  }

  /** One for each step that is recorded, in the order of the steps. */
  public List<Row> rows() {
    return recorded.rows();
  }

  public Optional<TargetObservation> target(String name) {
    return targets.stream().filter(target -> target.name().equals(name)).findFirst();
  }
}
