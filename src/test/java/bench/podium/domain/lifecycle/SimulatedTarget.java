package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.TargetObservation.State;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A target's Deployment and pod. */
final class SimulatedTarget {

  private final String name;
  private State state;
  private Optional<Instant> lastStart = Optional.empty();
  private int restarts;
  private boolean leaves;

  SimulatedTarget(String name, Instant createdAt) {
    this.name = name;
    this.state = new State.Starting(createdAt, Optional.empty());
  }

  String name() {
    return name;
  }

  boolean leaves() {
    return leaves;
  }

  void becomeReady(Instant now) {
    if (!leaves) {
      lastStart = lastStart.or(() -> Optional.of(now.minusMillis(500)));
      state = new State.Ready();
    }
  }

  void crash(Instant now) {
    if (!leaves) {
      restarts++;
      lastStart = Optional.of(now.plusMillis(700));
      state = new State.Starting(now, Optional.empty());
    }
  }

  void leave(Instant overdueAt) {
    leaves = true;
    state = new State.Leaving(overdueAt);
  }

  TargetObservation seen() {
    return new TargetObservation(
        name, state, state instanceof State.Ready, restarts, 0, lastStart, Set.of("node-a"));
  }
}
