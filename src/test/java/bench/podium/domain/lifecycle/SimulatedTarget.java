package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.ExitStatus;
import bench.podium.domain.observation.LogEnd;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservation.State;
import bench.podium.domain.observation.TargetObservationBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A target's Deployment, pod and Service. */
final class SimulatedTarget {

  private final String name;
  private State state;
  private Optional<Instant> lastStart = Optional.empty();
  private int restarts;
  private final List<ContainerTermination> ends = new ArrayList<>();
  private boolean terminating;
  private boolean serviceBroken;

  private final SimulatedCollector collector;

  SimulatedTarget(String name, VirtualTime time) {
    this.name = name;
    this.state = new State.Starting(time.now(), Optional.empty());
    this.collector = new SimulatedCollector(name, time);
  }

  SimulatedCollector collector() {
    return collector;
  }

  String name() {
    return name;
  }

  boolean isTerminating() {
    return terminating;
  }

  void becomeReady(Instant now) {
    if (!terminating) {
      lastStart = lastStart.or(() -> Optional.of(now.minusMillis(500)));
      state = new State.Ready();
    }
  }

  void crash(Instant now) {
    if (!terminating) {
      ends.add(
          new ContainerTermination(
              name + "-pod",
              "target",
              restarts,
              new ExitStatus(139, "Error"),
              Optional.of(now.truncatedTo(ChronoUnit.SECONDS)),
              false,
              new LogEnd(Optional.of("crash " + restarts), List.of("crash " + restarts))));
      collector.mainRestarts(now.plusMillis(700));
      restarts++;
      lastStart = Optional.of(now.plusMillis(700));
      state = new State.Starting(now, Optional.empty());
    }
  }

  void breakService() {
    serviceBroken = true;
  }

  void restoreService() {
    serviceBroken = false;
  }

  void terminate(Instant overdueAt) {
    terminating = true;
    state = new State.Terminating(overdueAt);
  }

  TargetObservation observed(Instant attached) {
    return TargetObservationBuilder.of(
            name,
            serviceBroken && state instanceof State.Ready ? new State.ServiceUnavailable() : state)
        .running(state instanceof State.Ready)
        .restarts(restarts)
        .lastStart(lastStart)
        .nodes("node-a")
        .collectors(terminating ? List.of() : List.of(collector.observed(attached)))
        .terminations(
            terminating ? List.of() : ends.subList(Math.max(0, ends.size() - 2), ends.size()))
        .build();
  }
}
