package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.measure.MeasurementFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A load pod as its contract has it: each attempt at most once, and only ever a higher one. */
final class SimulatedPod {

  private record Word(Instant at, StepAttempt about, Says says) {}

  private final VirtualTime time;
  private final SimulatedCluster cluster;
  private final int index;
  private final int generation;
  private final String name;
  private final List<Word> log = new ArrayList<>();
  private final List<StepAttempt> runs = new ArrayList<>();
  private State state = new State.Starting(Optional.empty());
  private Optional<Told> told = Optional.empty();
  private Optional<StepAttempt> current = Optional.empty();
  private Says says = new Says.Nothing();
  private Optional<Instant> deletedAt = Optional.empty();
  private Instant endsAt = Instant.MAX;
  private Instant loadsUntil = Instant.MIN;

  /** Does everything but give results. */
  boolean keepsResults;

  /** Never gets any command. */
  boolean deaf;

  /** What it says instead of arming. */
  Optional<Says> refuses = Optional.empty();

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
    state = new State.Lost(new Trouble(Trouble.Kind.NOT_ARMED, "pod " + name + " was deleted"));
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

  boolean loads() {
    return runs(time.now()) && time.now().isBefore(loadsUntil);
  }

  /** Until when it is waited for by a generation that was made at this time; absent if it ended. */
  Optional<Instant> awaitedUntil(Instant made) {
    return runs(time.now())
        ? Optional.of(deletedAt.map(deleted -> deleted.plusSeconds(2)).orElse(made).plusSeconds(30))
        : Optional.empty();
  }

  List<StepAttempt> runs() {
    return runs;
  }

  /** The operator patches the pod; one patch in fifty is not seen. */
  void command(Told command, Instant t0) {
    told = Optional.of(command);
    if (!deaf && !time.chance(0.02)) {
      time.after(time.between(0.01, 0.4), () -> obey(command, t0));
    }
  }

  private void obey(Told command, Instant t0) {
    if (isLost()) {
      return;
    }
    if (command.kind() == Told.Kind.REPEAT) {
      boolean known = current.filter(command.about()::equals).isPresent();
      log.add(new Word(time.now(), command.about(), known ? says : new Says.Unknown()));
    } else if (current.filter(it -> it.compareTo(command.about()) >= 0).isEmpty()) {
      current = Optional.of(command.about());
      arm(command.about(), t0);
    }
  }

  private void arm(StepAttempt attempt, Instant t0) {
    if (!time.now().isBefore(t0)) {
      say(attempt, new Says.Late());
      return;
    }
    if (refuses.isPresent()) {
      say(attempt, refuses.get());
      return;
    }
    says = new Says.Waiting(false, "the engine is starting");
    time.after(time.between(0.05, 0.6), () -> armed(attempt, t0));
  }

  private void armed(StepAttempt attempt, Instant t0) {
    if (!time.now().isBefore(t0)) {
      say(attempt, new Says.Late());
      return;
    }
    say(attempt, new Says.Armed());
    time.at(t0, () -> run(attempt));
  }

  private void run(StepAttempt attempt) {
    if (!runs(time.now()) || current.filter(attempt::equals).isEmpty()) {
      return;
    }
    runs.add(attempt);
    Duration load = Timing.load(cluster.plan().load(), cluster.plan().steps().get(attempt.step()));
    loadsUntil = time.now().plus(load);
    cluster.assertNoOtherGenerationLoads(generation);
    time.after(load.plus(time.between(0.05, 1)), () -> end(attempt));
  }

  private void end(StepAttempt attempt) {
    say(attempt, new Says.Ran());
    if (!keepsResults) {
      say(attempt, new Says.Measured(MeasurementFixture.sound(index)));
    }
  }

  private void say(StepAttempt attempt, Says word) {
    if (!isLost() && current.filter(attempt::equals).isPresent()) {
      says = word;
      log.add(new Word(time.now(), attempt, word));
    }
  }

  /**
   * @param attached since when the operator reads this pod's log
   */
  WorkerObservation seen(Instant attached) {
    boolean reads = !time.now().isBefore(attached.plusMillis(300));
    WorkerTalk talk = reads ? heard() : WorkerTalk.silent();
    return new WorkerObservation(index, name, "uid-" + name, "node-a", state, talk, told);
  }

  private WorkerTalk heard() {
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
                new WorkerTalk(
                    Optional.of(word.about()),
                    word.says(),
                    cluster.clockAhead,
                    false,
                    Optional.of(word.at()),
                    Optional.of(word.at())))
        .orElseGet(() -> Seen.clockAhead(cluster.clockAhead));
  }

  private static boolean isResult(Word word) {
    return word.says() instanceof Says.Measured;
  }
}
