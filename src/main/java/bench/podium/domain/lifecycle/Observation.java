package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.Row;
import java.util.List;
import java.util.Optional;

/**
 * What is seen of a run at one moment.
 *
 * @param targets those that stand in the cluster
 * @param cancelled whether the spec asks for the end
 */
public record Observation(
    LoadObservation load,
    List<TargetObservation> targets,
    RecordedSteps recorded,
    boolean cancelled) {

  public Observation {
    targets = List.copyOf(targets);
  }

  /** One for each step that is recorded, in the order of the steps. */
  public List<Row> rows() {
    return recorded.rows();
  }

  Optional<TargetObservation> target(String name) {
    return targets.stream().filter(target -> target.name().equals(name)).findFirst();
  }
}
