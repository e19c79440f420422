package bench.podium.domain.lifecycle;

import bench.podium.domain.measurement.MeasurementFixture;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A worker as its contract has it: each attempt at most once, and only ever a higher one. */
final class SimulatedPod {

  private record Word(Instant at, AttemptId about, ReportedState reportedState) {}

  private final VirtualTime time;
  private final SimulatedCluster cluster;
  private final int index;
  private final int generation;
  private final String name;
  private final List<Word> log = new ArrayList<>();
  private final List<AttemptId> runs = new ArrayList<>();
  private final Map<AttemptId, SimulatedLoads.Part> loads = new HashMap<>();
  private State state = new State.Starting(Optional.empty());
  private Optional<LastCommand> lastCommand = Optional.empty();
  private Optional<AttemptId> current = Optional.empty();
  private ReportedState reportedState = new ReportedState.Nothing();
  private Optional<Instant> deletedAt = Optional.empty();
  private Instant endsAt = Instant.MAX;
  private Optional<AttemptId> stopped = Optional.empty();
  private Optional<WorkerReport.Ended> ended = Optional.empty();

  /** Does everything but give results. */
  boolean keepsResults;

  /** Never gets any command. */
  boolean unresponsive;

  /** What it says instead of arming. */
  Optional<ReportedState> refuses = Optional.empty();

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

  /** It is deleted and gone. */
  void lose() {
    leave(Duration.ZERO);
  }

  /** It is deleted, and its engine goes on for this long. */
  void leave(Duration lingers) {
    if (isLost()) {
      return;
    }
    deletedAt = Optional.of(time.now());
    endsAt = time.now().plus(lingers);
    loads.values().forEach(load -> load.cut(endsAt));
    state = lost(true);
    if (time.chance(0.7)) {
      time.at(endsAt, () -> current.ifPresent(this::lastWord));
    }
  }

  private State.Lost lost(boolean stillRuns) {
    return new State.Lost(
        new Problem(Problem.Kind.NOT_ARMED, "pod " + name + " was deleted"), stillRuns);
  }

  /** A pod that is asked to end says how much it has sent, where that is read. */
  private void lastWord(AttemptId attempt) {
    if (loads.containsKey(attempt)) {
      ended = Optional.of(new WorkerReport.Ended(attempt, sent(attempt)));
    }
  }

  private long sent(AttemptId attempt) {
    return Optional.ofNullable(loads.get(attempt)).map(SimulatedLoads.Part::sent).orElse(0L);
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

  /** Until when it is waited for by a generation that was made at this time; absent if it ended. */
  Optional<Instant> awaitedUntil(Instant made) {
    return runs(time.now())
        ? Optional.of(deletedAt.map(deleted -> deleted.plusSeconds(2)).orElse(made).plusSeconds(30))
        : Optional.empty();
  }

  List<AttemptId> runs() {
    return runs;
  }

  /** The operator patches the pod; one patch in fifty is not seen. */
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
      stop(command.about());
    } else if (command.kind() == LastCommand.Kind.REPEAT) {
      boolean known = current.filter(command.about()::equals).isPresent();
      log.add(
          new Word(
              time.now(), command.about(), known ? reportedState : new ReportedState.Unknown()));
    } else if (current.filter(it -> it.compareTo(command.about()) >= 0).isEmpty()) {
      current = Optional.of(command.about());
      loads.values().forEach(load -> load.cut(time.now()));
      arm(command.about(), t0, firstSequence);
    }
  }

  private void stop(AttemptId attempt) {
    if (current.filter(it -> it.compareTo(attempt) > 0).isEmpty()) {
      loads.values().forEach(load -> load.cut(time.now()));
      stopped = Optional.of(attempt);
      current = stopped;
    }
    ended = Optional.of(new WorkerReport.Ended(attempt, sent(attempt)));
  }

  private boolean isAtWorkOn(AttemptId attempt) {
    return current.filter(attempt::equals).isPresent() && stopped.filter(attempt::equals).isEmpty();
  }

  private void arm(AttemptId attempt, Instant t0, long firstSequence) {
    if (!time.now().isBefore(t0)) {
      say(attempt, new ReportedState.Late());
      return;
    }
    if (refuses.isPresent()) {
      say(attempt, refuses.get());
      return;
    }
    reportedState = new ReportedState.Waiting(false, "the engine is starting");
    time.after(time.between(0.05, 0.6), () -> armed(attempt, t0, firstSequence));
  }

  private void armed(AttemptId attempt, Instant t0, long firstSequence) {
    if (!time.now().isBefore(t0)) {
      say(attempt, new ReportedState.Late());
      return;
    }
    say(attempt, new ReportedState.Armed());
    time.at(t0, () -> run(attempt, firstSequence));
  }

  private void run(AttemptId attempt, long firstSequence) {
    if (!runs(time.now()) || !isAtWorkOn(attempt)) {
      return;
    }
    runs.add(attempt);
    Duration load = Timing.load(cluster.plan().load(), cluster.plan().steps().get(attempt.step()));
    Instant until = time.now().plus(load);
    SimulatedLoads.Part part =
        cluster.loads().begin(generation, attempt, firstSequence, time.now(), until);
    part.cut(endsAt);
    loads.put(attempt, part);
    time.after(load.plus(time.between(0.05, 1)), () -> end(attempt));
  }

  private void end(AttemptId attempt) {
    if (!isAtWorkOn(attempt) || isLost()) {
      return;
    }
    lastWord(attempt);
    say(attempt, new ReportedState.Ran());
    if (!keepsResults) {
      say(attempt, new ReportedState.Measured(MeasurementFixture.sound(index)));
    }
  }

  private void say(AttemptId attempt, ReportedState word) {
    if (!isLost() && isAtWorkOn(attempt)) {
      reportedState = word;
      log.add(new Word(time.now(), attempt, word));
    }
  }

  /**
   * @param attached since when the operator reads this pod's log
   */
  WorkerObservation observed(Instant attached) {
    boolean reads = !time.now().isBefore(attached.plusMillis(300));
    WorkerReport report = reads ? heard() : WorkerReport.silent();
    State shown = isLost() ? lost(runs(time.now())) : state;
    return new WorkerObservation(index, name, "uid-" + name, "node-a", shown, report, lastCommand);
  }

  private WorkerReport heard() {
    Optional<Word> last =
        log.stream()
            .reduce(
                (before, next) -> {
                  int order = next.about().compareTo(before.about());
                  boolean keeps = order < 0 || (order == 0 && isResult(before));
                  return keeps ? before : next;
                });
    return last.map(
            word ->
                new WorkerReport(
                    Optional.of(word.about()),
                    word.reportedState(),
                    cluster.clockAhead,
                    false,
                    Optional.of(word.at()),
                    Optional.of(word.at()),
                    clock(),
                    ended))
        .orElseGet(
            () ->
                new WorkerReport(
                    Optional.empty(),
                    new ReportedState.Nothing(),
                    cluster.clockAhead,
                    false,
                    Optional.of(ObservationFixture.NOW),
                    Optional.of(ObservationFixture.NOW),
                    clock(),
                    ended));
  }

  /** It says every 2 s that it lives. */
  private Optional<Instant> clock() {
    return Optional.of(time.now())
        .filter(now -> !isLost())
        .map(now -> now.minusMillis(now.toEpochMilli() % 2000));
  }

  private static boolean isResult(Word word) {
    return word.reportedState() instanceof ReportedState.Measured;
  }
}
