package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.ExitStatus;
import bench.podium.domain.observation.LogEnd;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Observations, written down in a line or two. */
final class ObservationFixture {

  static final Instant NOW = PlanFixture.START.plusSeconds(60);
  static final Optional<Instant> STARTED = Optional.of(PlanFixture.START.plusSeconds(5));

  private ObservationFixture() {}

  static RunObservation of(WorkersObservation load, TargetObservation... targets) {
    return withRows(List.of(), load, targets);
  }

  static RunObservation withRows(
      List<Row> rows, WorkersObservation load, TargetObservation... targets) {
    return new RunObservation(
        load,
        List.of(targets),
        RecordedSteps.of(rows),
        RunObservation.RequestedState.GO_ON,
        load instanceof WorkersObservation.Present present ? present.workers() : List.of());
  }

  static TargetObservation ready(String name) {
    return target(name, new TargetObservation.State.Ready());
  }

  static TargetObservation target(String name, TargetObservation.State state) {
    return new TargetObservation(
        name,
        state,
        state instanceof TargetObservation.State.Ready
            || state instanceof TargetObservation.State.ServiceUnavailable,
        0,
        0,
        STARTED,
        Set.of("node-a"),
        List.of());
  }

  static TargetObservation observed(String name, CollectorObservation... collectors) {
    return new TargetObservation(
        name,
        new TargetObservation.State.Ready(),
        true,
        0,
        0,
        STARTED,
        Set.of("node-a"),
        List.of(collectors));
  }

  /** One that has ended under load, and runs again. */
  static TargetObservation restarted(String name, ContainerTermination... ends) {
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
  static ContainerTermination end(int code, Instant finishedAt) {
    return new ContainerTermination(
        "gin-pod",
        "target",
        0,
        new ExitStatus(code, "Error"),
        Optional.of(finishedAt),
        false,
        new LogEnd(Optional.of("panic: no"), List.of("panic: no", "exit status 2")));
  }

  /** Two workers that run, each with its word on this attempt. */
  static WorkersObservation load(AttemptId about, ReportedState... reportedState) {
    List<WorkerObservation> workers = new ArrayList<>();
    for (ReportedState word : reportedState) {
      workers.add(worker(workers.size(), about, word, Optional.empty()));
    }
    return new WorkersObservation.Present(false, workers, Optional.empty());
  }

  static WorkersObservation load(WorkerObservation... workers) {
    return new WorkersObservation.Present(false, List.of(workers), Optional.empty());
  }

  static WorkerObservation worker(
      int index, AttemptId about, ReportedState reportedState, Optional<LastCommand> lastCommand) {
    WorkerReport report =
        new WorkerReport(
            Optional.of(about),
            reportedState,
            Duration.ZERO,
            false,
            Optional.of(NOW),
            Optional.of(NOW),
            Optional.empty(),
            Optional.empty());
    return worker(index, new State.Running(), report, lastCommand);
  }

  static WorkerObservation worker(
      int index, State state, WorkerReport report, Optional<LastCommand> lastCommand) {
    return new WorkerObservation(
        index, "load-" + index, "uid-" + index, "node-a", state, report, lastCommand);
  }

  static WorkerObservation running(
      int index, WorkerReport report, Optional<LastCommand> lastCommand) {
    return worker(index, new State.Running(), report, lastCommand);
  }

  static WorkerReport clockAhead(Duration ahead) {
    return new WorkerReport(
        Optional.empty(),
        new ReportedState.Nothing(),
        ahead,
        false,
        Optional.of(NOW),
        Optional.of(NOW),
        Optional.empty(),
        Optional.empty());
  }

  /** The attempt under way was given up before T0, and no pod has sent anything. */
  static Progress aborted(Progress inProgress, Instant at) {
    return concluded(inProgress.abort(PlanFixture.plan(), at, "not armed"));
  }

  /** The load of the attempt that was given up is over; nothing was sent. */
  static Progress concluded(Progress given) {
    return given.completeTermination(
        given.ending().orElseThrow().record(given.atHand().number(), Optional.of(0L)),
        given.nextSequence());
  }

  static Optional<LastCommand> lastCommand(
      AttemptId about, LastCommand.Kind kind, int ask, Instant at) {
    return Optional.of(new LastCommand(about, kind, ask, at));
  }

  /** Step 0 in its first attempt, scheduled and with this T0. */
  static Progress scheduled(Instant t0) {
    return Progress.atAdmission(PlanFixture.START)
        .schedule(t0.minus(Timing.LEAD), t0)
        .workersArmed();
  }

  static List<RunAction> decide(Progress progress, RunObservation observed) {
    return new RunSequence(PlanFixture.plan(), PlanFixture.START).decide(progress, observed, NOW);
  }

  /** The one decision, of this kind. */
  static <D extends RunAction> D only(List<RunAction> decisions, Class<D> kind) {
    assertThat(decisions).singleElement().isInstanceOf(kind);
    return kind.cast(decisions.getFirst());
  }

  /** For how long the last decision waits. */
  static Duration awaited(List<RunAction> decisions) {
    assertThat(decisions.getLast()).isInstanceOf(RunAction.Await.class);
    return ((RunAction.Await) decisions.getLast()).atMost();
  }
}
