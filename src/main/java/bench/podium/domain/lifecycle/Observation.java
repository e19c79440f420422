package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.Row;
import java.util.List;
import java.util.Optional;

/**
 * What is seen of a run at one moment.
 *
 * @param targets those that stand in the cluster
 * @param wish what the spec asks for now
 * @param ending the load pods that may have the attempt that was given up; empty if there is none
 */
public record Observation(
    LoadObservation load,
    List<TargetObservation> targets,
    RecordedSteps recorded,
    Wish wish,
    List<WorkerObservation> ending) {

  /** What may be asked of a run that goes on. */
  public enum Wish {
    GO_ON,
    SUSPEND,
    CANCEL
  }

  public Observation {
    targets = List.copyOf(targets);
    ending = List.copyOf(ending);
  }

  /** One for each step that is recorded, in the order of the steps. */
  public List<Row> rows() {
    return recorded.rows();
  }

  Optional<TargetObservation> target(String name) {
    return targets.stream().filter(target -> target.name().equals(name)).findFirst();
  }
}
