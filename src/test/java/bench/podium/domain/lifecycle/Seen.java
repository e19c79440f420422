package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Row;
import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Observations, written down in a line or two. */
final class Seen {

  static final Instant NOW = PlanFixture.START.plusSeconds(60);
  static final Optional<Instant> STARTED = Optional.of(PlanFixture.START.plusSeconds(5));

  private Seen() {}

  static Observation of(LoadObservation load, TargetObservation... targets) {
    return withRows(List.of(), load, targets);
  }

  static Observation withRows(List<Row> rows, LoadObservation load, TargetObservation... targets) {
    return new Observation(
        load,
        List.of(targets),
        RecordedSteps.of(rows),
        Observation.Wish.GO_ON,
        load instanceof LoadObservation.Present present ? present.workers() : List.of());
  }

  static TargetObservation ready(String name) {
    return target(name, new TargetObservation.State.Ready());
  }

  static TargetObservation target(String name, TargetObservation.State state) {
    return new TargetObservation(
        name,
        state,
        state instanceof TargetObservation.State.Ready
            || state instanceof TargetObservation.State.CutOff,
        0,
        0,
        STARTED,
        Set.of("node-a"),
        List.of());
  }

  static TargetObservation observed(String name, ObserverObservation... observers) {
    return new TargetObservation(
        name,
        new TargetObservation.State.Ready(),
        true,
        0,
        0,
        STARTED,
        Set.of("node-a"),
        List.of(observers));
  }

  /** One that has ended under load, and runs again. */
  static TargetObservation restarted(String name, ContainerEnd... ends) {
    return new TargetObservation(
        name,
        new TargetObservation.State.Ready(),
        true,
        ends.length,
        0,
        Optional.of(NOW),
        Set.of("node-a"),
        List.of(),
        List.of(ends));
  }

  /** The end of a container that wrote two lines. */
  static ContainerEnd end(int code, Instant finishedAt) {
    return new ContainerEnd(
        "gin-pod",
        "target",
        0,
        new ExitStatus(code, "Error"),
        Optional.of(finishedAt),
        false,
        new LogEnd(Optional.of("panic: no"), List.of("panic: no", "exit status 2")));
  }

  /** Two load pods that run, each with its word on this attempt. */
  static LoadObservation load(StepAttempt about, Says... says) {
    List<WorkerObservation> workers = new ArrayList<>();
    for (Says word : says) {
      workers.add(worker(workers.size(), about, word, Optional.empty()));
    }
    return new LoadObservation.Present(false, workers, Optional.empty());
  }

  static LoadObservation load(WorkerObservation... workers) {
    return new LoadObservation.Present(false, List.of(workers), Optional.empty());
  }

  static WorkerObservation worker(int index, StepAttempt about, Says says, Optional<Told> told) {
    WorkerTalk talk =
        new WorkerTalk(
            Optional.of(about),
            says,
            Duration.ZERO,
            false,
            Optional.of(NOW),
            Optional.of(NOW),
            Optional.empty(),
            Optional.empty());
    return worker(index, new State.Running(), talk, told);
  }

  static WorkerObservation worker(int index, State state, WorkerTalk talk, Optional<Told> told) {
    return new WorkerObservation(
        index, "load-" + index, "uid-" + index, "node-a", state, talk, told);
  }

  static WorkerObservation running(int index, WorkerTalk talk, Optional<Told> told) {
    return worker(index, new State.Running(), talk, told);
  }

  static WorkerTalk clockAhead(Duration ahead) {
    return new WorkerTalk(
        Optional.empty(),
        new Says.Nothing(),
        ahead,
        false,
        Optional.of(NOW),
        Optional.of(NOW),
        Optional.empty(),
        Optional.empty());
  }

  /** The attempt under way was given up before T0, and no pod has sent anything. */
  static Progress aborted(Progress underWay, Instant at) {
    return concluded(underWay.callOff(PlanFixture.plan(), at, "not armed"));
  }

  /** The load of the attempt that was given up is over; nothing was sent. */
  static Progress concluded(Progress given) {
    return given.conclude(
        given.ending().orElseThrow().record(given.atHand().number(), Optional.of(0L)),
        given.nextSequence());
  }

  static Optional<Told> told(StepAttempt about, Told.Kind kind, int ask, Instant at) {
    return Optional.of(new Told(about, kind, ask, at));
  }

  /** Step 0 in its first attempt, intended and with this T0. */
  static Progress intended(Instant t0) {
    return Progress.atAdmission(PlanFixture.START).intend(t0.minus(Timing.LEAD), t0).loadHasArmed();
  }

  static List<Decision> decide(Progress progress, Observation seen) {
    return new RunSequence(PlanFixture.plan(), PlanFixture.START).decide(progress, seen, NOW);
  }

  /** The one decision, of this kind. */
  static <D extends Decision> D only(List<Decision> decisions, Class<D> kind) {
    assertThat(decisions).singleElement().isInstanceOf(kind);
    return kind.cast(decisions.getFirst());
  }

  /** For how long the last decision waits. */
  static Duration awaited(List<Decision> decisions) {
    assertThat(decisions.getLast()).isInstanceOf(Decision.Await.class);
    return ((Decision.Await) decisions.getLast()).atMost();
  }
}
