package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.TargetObservation.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A target's Deployment, pod and Service. */
final class SimulatedTarget {

  private final String name;
  private State state;
  private Optional<Instant> lastStart = Optional.empty();
  private int restarts;
  private final List<ContainerEnd> ends = new ArrayList<>();
  private boolean leaves;
  private boolean cutOff;

  private final SimulatedObserver observer;

  SimulatedTarget(String name, VirtualTime time) {
    this.name = name;
    this.state = new State.Starting(time.now(), Optional.empty());
    this.observer = new SimulatedObserver(name, time);
  }

  SimulatedObserver observer() {
    return observer;
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
      ends.add(
          new ContainerEnd(
              name + "-pod",
              "target",
              restarts,
              new ExitStatus(139, "Error"),
              Optional.of(now.truncatedTo(ChronoUnit.SECONDS)),
              false,
              new LogEnd(Optional.of("crash " + restarts), List.of("crash " + restarts))));
      observer.mainRestarts(now.plusMillis(700));
      restarts++;
      lastStart = Optional.of(now.plusMillis(700));
      state = new State.Starting(now, Optional.empty());
    }
  }

  void cutOff() {
    cutOff = true;
  }

  void reopen() {
    cutOff = false;
  }

  void leave(Instant overdueAt) {
    leaves = true;
    state = new State.Leaving(overdueAt);
  }

  TargetObservation seen(Instant attached) {
    return new TargetObservation(
        name,
        cutOff && state instanceof State.Ready ? new State.CutOff() : state,
        state instanceof State.Ready,
        restarts,
        0,
        lastStart,
        Set.of("node-a"),
        leaves ? List.of() : List.of(observer.seen(attached)),
        leaves ? List.of() : ends.subList(Math.max(0, ends.size() - 2), ends.size()));
  }
}
