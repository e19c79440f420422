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
  private final String name;
  private final List<Word> log = new ArrayList<>();
  private final List<StepAttempt> runs = new ArrayList<>();
  private State state = new State.Starting(Optional.empty());
  private Optional<Told> told = Optional.empty();
  private Optional<StepAttempt> current = Optional.empty();
  private Says says = new Says.Nothing();

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
    this.name = "load-g%d-%d".formatted(generation, index);
  }

  void start() {
    state = new State.Running();
  }

  void lose() {
    state = new State.Lost(new Trouble(Trouble.Kind.NOT_ARMED, "pod " + name + " was deleted"));
  }

  boolean isLost() {
    return state instanceof State.Lost;
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
    if (isLost() || current.filter(attempt::equals).isEmpty()) {
      return;
    }
    runs.add(attempt);
    Duration load = Timing.load(cluster.plan().load(), cluster.plan().steps().get(attempt.step()));
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
    return new WorkerObservation(index, name, "uid-" + name, state, talk, told);
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
                    Duration.ZERO,
                    false,
                    Optional.of(word.at())))
        .orElseGet(WorkerTalk::silent);
  }

  private static boolean isResult(Word word) {
    return word.says() instanceof Says.Measured;
  }
}
