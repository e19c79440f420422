package bench.podium.domain.observation;

import bench.podium.domain.observation.TargetObservation.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds observations of a target for tests. */
public final class TargetObservationBuilder {

  private final String name;
  private final State state;
  private boolean running;
  private int restarts;
  private int oomKills;
  private Optional<Instant> lastStart = Optional.empty();
  private Set<String> nodes = Set.of();
  private List<CollectorObservation> collectors = List.of();
  private List<ContainerTermination> terminations = List.of();

  private TargetObservationBuilder(String name, State state) {
    this.name = name;
    this.state = state;
  }

  /** A target without running containers. */
  public static TargetObservationBuilder of(String name, State state) {
    return new TargetObservationBuilder(name, state);
  }

  public TargetObservationBuilder running(boolean value) {
    running = value;
    return this;
  }

  public TargetObservationBuilder restarts(int value) {
    restarts = value;
    return this;
  }

  public TargetObservationBuilder oomKills(int value) {
    oomKills = value;
    return this;
  }

  public TargetObservationBuilder lastStart(Instant value) {
    lastStart = Optional.of(value);
    return this;
  }

  public TargetObservationBuilder lastStart(Optional<Instant> value) {
    lastStart = value;
    return this;
  }

  public TargetObservationBuilder nodes(String... values) {
    nodes = Set.of(values);
    return this;
  }

  public TargetObservationBuilder collectors(List<CollectorObservation> values) {
    collectors = values;
    return this;
  }

  public TargetObservationBuilder terminations(List<ContainerTermination> values) {
    terminations = values;
    return this;
  }

  public TargetObservation build() {
    return new TargetObservation(
        name, state, running, restarts, oomKills, lastStart, nodes, collectors, terminations);
  }
}
