package bench.podium.domain.lifecycle;

import bench.podium.domain.measurement.MeasurementFixture;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkerReportBuilder;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A worker that follows the protocol: it runs each attempt at most once, in ascending order. */
final class SimulatedPod {

  private record Message(Instant at, AttemptId about, ReportedState reportedState) {}

  private final VirtualTime time;
  private final SimulatedCluster cluster;
  private final int index;
  private final int generation;
  private final String name;
  private final List<Message> log = new ArrayList<>();
  private final List<AttemptId> runs = new ArrayList<>();
  private final Map<AttemptId, SimulatedLoads.WorkerLoad> loads = new HashMap<>();
  private State state = new State.Starting(Optional.empty());
  private Optional<LastCommand> lastCommand = Optional.empty();
  private Optional<AttemptId> current = Optional.empty();
  private ReportedState reportedState = new ReportedState.Nothing();
  private Optional<Instant> deletedAt = Optional.empty();
  private Instant endsAt = Instant.MAX;
  private Optional<AttemptId> stopped = Optional.empty();
  private Optional<WorkerReport.Ended> ended = Optional.empty();

  /** Whether it does everything except reporting results. */
  boolean withholdsResults;

  /** Whether it never receives a command. */
  boolean unresponsive;

  /** The state that it reports instead of being armed. */
  Optional<ReportedState> stateInsteadOfArmed = Optional.empty();

  SimulatedPod(SimulatedCluster cluster, VirtualTime time, int index, int generation) {
    this.cluster = cluster;
    this.time = time;
    this.index = index;
    this.generation = generation;
    this.name = "load-g%d-%d".formatted(generation, index);
  }

  void start() {
    state = new State.Running();
  }

  /** Deletes it without a grace period. */
  void lose() {
    delete(Duration.ZERO);
  }

  /** Deletes it; its engine keeps running for this long. */
  void delete(Duration lingerTime) {
    if (isLost()) {
      return;
    }
    deletedAt = Optional.of(time.now());
    endsAt = time.now().plus(lingerTime);
    loads.values().forEach(load -> load.endAt(endsAt));
    state = lost(true);
    if (time.chance(0.7)) {
      time.at(endsAt, () -> current.ifPresent(this::reportEnd));
    }
  }

  private State.Lost lost(boolean stillRuns) {
    return new State.Lost(
        new Problem(Problem.Kind.NOT_ARMED, "pod " + name + " was deleted"), stillRuns);
  }

  /** A worker that is terminated reports its number of requests. */
  private void reportEnd(AttemptId attempt) {
    if (loads.containsKey(attempt)) {
      ended = Optional.of(new WorkerReport.Ended(attempt, sent(attempt)));
    }
  }

  private long sent(AttemptId attempt) {
    return Optional.ofNullable(loads.get(attempt)).map(SimulatedLoads.WorkerLoad::sent).orElse(0L);
  }

  boolean isLost() {
    return state instanceof State.Lost;
  }

  int generation() {
    return generation;
  }

  private boolean runs(Instant now) {
    return !(state instanceof State.Starting) && now.isBefore(endsAt);
  }

  /** Until when a generation that was created at this time waits for it; absent if it has ended. */
  Optional<Instant> awaitedUntil(Instant made) {
    return runs(time.now())
        ? Optional.of(deletedAt.map(deleted -> deleted.plusSeconds(2)).orElse(made).plusSeconds(30))
        : Optional.empty();
  }

  List<AttemptId> runs() {
    return runs;
  }

  /** The operator patches the pod; the kubelet misses one patch in fifty. */
  void command(LastCommand command, Instant t0, long firstSequence) {
    lastCommand = Optional.of(command);
    if (!unresponsive && !time.chance(0.02)) {
      time.after(time.between(0.01, 0.4), () -> obey(command, t0, firstSequence));
    }
  }

  private void obey(LastCommand command, Instant t0, long firstSequence) {
    if (isLost()) {
      return;
    }
    if (command.kind() == LastCommand.Kind.STOP) {
      stop(command.attempt());
    } else if (command.kind() == LastCommand.Kind.REPEAT) {
      boolean known = current.filter(command.attempt()::equals).isPresent();
      log.add(
          new Message(
              time.now(), command.attempt(), known ? reportedState : new ReportedState.Unknown()));
    } else if (current.filter(it -> it.compareTo(command.attempt()) >= 0).isEmpty()) {
      current = Optional.of(command.attempt());
      loads.values().forEach(load -> load.endAt(time.now()));
      arm(command.attempt(), t0, firstSequence);
    }
  }

  private void stop(AttemptId attempt) {
    if (current.filter(it -> it.compareTo(attempt) > 0).isEmpty()) {
      loads.values().forEach(load -> load.endAt(time.now()));
      stopped = Optional.of(attempt);
      current = stopped;
    }
    ended = Optional.of(new WorkerReport.Ended(attempt, sent(attempt)));
  }

  private boolean isWorkingOn(AttemptId attempt) {
    return current.filter(attempt::equals).isPresent() && stopped.filter(attempt::equals).isEmpty();
  }

  private void arm(AttemptId attempt, Instant t0, long firstSequence) {
    if (!time.now().isBefore(t0)) {
      report(attempt, new ReportedState.Late());
      return;
    }
    if (stateInsteadOfArmed.isPresent()) {
      report(attempt, stateInsteadOfArmed.get());
      return;
    }
    reportedState = new ReportedState.Waiting(false, "the engine is starting");
    time.after(time.between(0.05, 0.6), () -> armed(attempt, t0, firstSequence));
  }

  private void armed(AttemptId attempt, Instant t0, long firstSequence) {
    if (!time.now().isBefore(t0)) {
      report(attempt, new ReportedState.Late());
      return;
    }
    report(attempt, new ReportedState.Armed());
    time.at(t0, () -> run(attempt, firstSequence));
  }

  private void run(AttemptId attempt, long firstSequence) {
    if (!runs(time.now()) || !isWorkingOn(attempt)) {
      return;
    }
    runs.add(attempt);
    Duration load = Timing.load(cluster.plan().load(), cluster.plan().steps().get(attempt.step()));
    Instant until = time.now().plus(load);
    SimulatedLoads.WorkerLoad started =
        cluster.loads().begin(generation, attempt, firstSequence, time.now(), until);
    started.endAt(endsAt);
    loads.put(attempt, started);
    time.after(load.plus(time.between(0.05, 1)), () -> end(attempt));
  }

  private void end(AttemptId attempt) {
    if (!isWorkingOn(attempt) || isLost()) {
      return;
    }
    reportEnd(attempt);
    report(attempt, new ReportedState.Ran());
    if (!withholdsResults) {
      report(attempt, new ReportedState.Measured(MeasurementFixture.sound(index)));
    }
  }

  private void report(AttemptId attempt, ReportedState newState) {
    if (!isLost() && isWorkingOn(attempt)) {
      reportedState = newState;
      log.add(new Message(time.now(), attempt, newState));
    }
  }

  /**
   * @param attached since when the operator reads this pod's log
   */
  WorkerObservation observed(Instant attached) {
    boolean reads = !time.now().isBefore(attached.plusMillis(300));
    WorkerReport report = reads ? lastReport() : WorkerReport.none();
    State shown = isLost() ? lost(runs(time.now())) : state;
    return new WorkerObservation(index, name, "uid-" + name, "node-a", shown, report, lastCommand);
  }

  private WorkerReport lastReport() {
    Optional<Message> last =
        log.stream()
            .reduce(
                (before, next) -> {
                  int order = next.about().compareTo(before.about());
                  boolean keepsEarlier = order < 0 || (order == 0 && isResult(before));
                  return keepsEarlier ? before : next;
                });
    return last.map(
            message ->
                WorkerReportBuilder.receivedAt(message.at())
                    .state(message.about(), message.reportedState())
                    .clockAhead(cluster.clockAhead)
                    .clock(clock())
                    .ended(ended)
                    .build())
        .orElseGet(
            () ->
                WorkerReportBuilder.receivedAt(ObservationFixture.NOW)
                    .clockAhead(cluster.clockAhead)
                    .clock(clock())
                    .ended(ended)
                    .build());
  }

  /** Time of its last heartbeat, which it sends every 2 s. */
  private Optional<Instant> clock() {
    return Optional.of(time.now())
        .filter(now -> !isLost())
        .map(now -> now.minusMillis(now.toEpochMilli() % 2000));
  }

  private static boolean isResult(Message message) {
    return message.reportedState() instanceof ReportedState.Measured;
  }
}
