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
import bench.podium.domain.observation.TargetObservationBuilder;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkerReportBuilder;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Short factories for observations. */
final class ObservationFixture {

  static final Instant NOW = PlanFixture.START.plusSeconds(60);
  static final Instant STARTED = PlanFixture.START.plusSeconds(5);

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
    return TargetObservationBuilder.of(name, state)
        .running(
            state instanceof TargetObservation.State.Ready
                || state instanceof TargetObservation.State.ServiceUnavailable)
        .lastStart(STARTED)
        .nodes("node-a")
        .build();
  }

  static TargetObservation withCollectors(String name, CollectorObservation... collectors) {
    return TargetObservationBuilder.of(name, new TargetObservation.State.Ready())
        .running(true)
        .lastStart(STARTED)
        .nodes("node-a")
        .collectors(List.of(collectors))
        .build();
  }

  /** A target that terminated under load and runs again. */
  static TargetObservation restarted(String name, ContainerTermination... ends) {
    return TargetObservationBuilder.of(name, new TargetObservation.State.Ready())
        .running(true)
        .restarts(ends.length)
        .lastStart(NOW)
        .nodes("node-a")
        .terminations(List.of(ends))
        .build();
  }

  /** The termination of a container that logged two lines. */
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

  /** Running workers, each with a reported state of this attempt. */
  static WorkersObservation workers(AttemptId about, ReportedState... states) {
    List<WorkerObservation> workers = new ArrayList<>();
    for (ReportedState state : states) {
      workers.add(worker(workers.size(), about, state, Optional.empty()));
    }
    return new WorkersObservation.Present(false, workers, Optional.empty());
  }

  static WorkersObservation workers(WorkerObservation... workers) {
    return new WorkersObservation.Present(false, List.of(workers), Optional.empty());
  }

  static WorkerObservation worker(
      int index, AttemptId about, ReportedState reportedState, Optional<LastCommand> lastCommand) {
    WorkerReport report = WorkerReportBuilder.receivedAt(NOW).state(about, reportedState).build();
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
    return WorkerReportBuilder.receivedAt(NOW).clockAhead(ahead).build();
  }

  /** Aborts the attempt in progress before any worker has sent a request. */
  static Progress aborted(Progress inProgress, Instant at) {
    return concluded(inProgress.abort(PlanFixture.plan(), at, "not armed"));
  }

  /** Ends the load of the terminated attempt, in which no request was sent. */
  static Progress concluded(Progress given) {
    return given.completeTermination(
        given.ending().orElseThrow().record(given.attempt().number(), Optional.of(0L)),
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

  /** The only decision, which must have this type. */
  static <D extends RunAction> D only(List<RunAction> decisions, Class<D> kind) {
    assertThat(decisions).singleElement().isInstanceOf(kind);
    return kind.cast(decisions.getFirst());
  }

  /** The duration of the last decision, which must be a wait. */
  static Duration awaited(List<RunAction> decisions) {
    assertThat(decisions.getLast()).isInstanceOf(RunAction.Await.class);
    return ((RunAction.Await) decisions.getLast()).atMost();
  }
}
