package bench.podium.controller.run;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.DeploySpec;
import bench.podium.controller.agent.CommandSender;
import bench.podium.controller.cluster.ClusterActions;
import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.Failpoints;
import bench.podium.controller.cluster.ResultStore;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.lifecycle.NoProgressPolicy;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.RunAction;
import bench.podium.domain.lifecycle.RunSequence;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.events.RunEvents;
import bench.podium.metrics.OperatorMeters;
import bench.podium.observation.CrashLogPolicy;
import bench.podium.observation.Redaction;
import bench.podium.observation.RunObjects;
import bench.podium.observation.RunObservationMapper;
import bench.podium.planning.LiteralValues;
import bench.podium.protocol.Command;
import bench.podium.status.ComponentStatusMapper;
import bench.podium.status.ProgressText;
import bench.podium.status.RunSnapshot;
import bench.podium.status.RunSnapshot.Execution;
import bench.podium.status.TimeText;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Carries out an admitted run: observes, decides and acts until there is nothing to do but wait.
 */
final class RunExecutor {

  private static final Logger LOG = Logger.getLogger(RunExecutor.class);

  /** Maximum time between two turns, so that the live metrics in the status stay current. */
  private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(5);

  /** Delay before writing results again after the API server rejected them. */
  private static final Duration RESULT_RETRY_DELAY = Duration.ofSeconds(2);

  /**
   * Maximum number of turns without a wait. Each step needs a few; this many mean an endless loop.
   */
  private static final int MAX_TURNS = 20;

  private final StatusWriter status;
  private final ResultStore results;
  private final RunObservationMapper observations;
  private final StepRecorder recorder;
  private final ClusterActions actions;
  private final EventWriter events;
  private final OperatorMeters meters;
  private final Failpoints failpoints;
  private final Clock clock;

  private final RunBackoff backoff;

  RunExecutor(
      StatusWriter status,
      ResultStore results,
      RunObservationMapper observations,
      StepRecorder recorder,
      ClusterActions actions,
      EventWriter events,
      OperatorMeters meters,
      Failpoints failpoints,
      Clock clock) {
    this.status = status;
    this.results = results;
    this.observations = observations;
    this.recorder = recorder;
    this.actions = actions;
    this.events = events;
    this.meters = meters;
    this.failpoints = failpoints;
    this.clock = clock;
    this.backoff = new RunBackoff(status, events, clock);
  }

  /** The result of a turn. */
  private sealed interface Outcome {
    /** The status was written; the next decision is based on it. */
    record Continue(BenchmarkRun live) implements Outcome {}

    /** There is nothing to do but wait. */
    record Wait(Duration maxDelay) implements Outcome {}
  }

  /**
   * Carries on with the run.
   *
   * @param live the run as just read
   * @return maximum time until the next call
   */
  Duration proceed(BenchmarkRun live, RunPlan plan, RunObjects objects) {
    backoff.recordRead(plan);
    BenchmarkRun current = live;
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      switch (turnOrBackOff(current, plan, objects)) {
        case Outcome.Continue(BenchmarkRun next) -> current = next;
        case Outcome.Wait(Duration maxDelay) -> {
          return maxDelay.compareTo(MAX_POLL_INTERVAL) < 0 ? maxDelay : MAX_POLL_INTERVAL;
        }
      }
    }
    LOG.warnf(
        "run %s/%s: %d turns without a wait", plan.run().namespace(), plan.run().name(), MAX_TURNS);
    return Duration.ofSeconds(1);
  }

  RunBackoff backoff() {
    return backoff;
  }

  private Outcome turnOrBackOff(BenchmarkRun live, RunPlan plan, RunObjects objects) {
    try {
      Outcome outcome = turn(live, plan, objects);
      backoff.recordSuccess(plan);
      return outcome;
    } catch (KubernetesClientException e) {
      return new Outcome.Continue(backoff.afterFailure(live, plan, e).orElseThrow(() -> e));
    }
  }

  private Outcome turn(BenchmarkRun live, RunPlan plan, RunObjects objects) {
    Progress progress = ProgressText.read(live.getStatus().progress());
    Instant startedAt = TimeText.parse(live.getStatus().startTime());
    ResultStore.Recorded recorded = results.read(plan);
    RunObservation observed =
        observations.observe(
            plan.run(),
            progress,
            plan.targets(),
            objects,
            recorded.steps(),
            requestedState(live),
            crashLogs(live));
    Execution now =
        new Execution(
            plan,
            startedAt,
            progress,
            ComponentStatusMapper.ofTarget(plan, progress.step(), observed),
            ComponentStatusMapper.ofWorkers(plan, observed.workers()),
            observed.rows(),
            recorded.index());
    events.record(plan.run(), RunEvents.of(now, observed, clock.instant()));
    List<RunAction> decisions =
        new RunSequence(plan, startedAt, backoff.tracking(plan))
            .decide(progress, observed, clock.instant());
    Turn turn = new Turn(live, now, observed, objects);
    for (RunAction decision : decisions) {
      meters.action(decision);
      failpoints.before(decision.action());
      Optional<Outcome> outcome = carryOut(decision, turn);
      failpoints.after(decision.action());
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new IllegalStateException("no final action in: " + decisions);
  }

  private static RunObservation.RequestedState requestedState(BenchmarkRun live) {
    if (live.getSpec().cancel()) {
      return RunObservation.RequestedState.CANCEL;
    }
    return live.getSpec().suspend()
        ? RunObservation.RequestedState.SUSPEND
        : RunObservation.RequestedState.GO_ON;
  }

  private static CrashLogPolicy crashLogs(BenchmarkRun live) {
    return new CrashLogPolicy(
        live.getSpec().collect().crashLogs(), () -> Redaction.of(LiteralValues.of(live.getSpec())));
  }

  private record Turn(
      BenchmarkRun live, Execution execution, RunObservation observed, RunObjects objects) {}

  /** Carries out one action; empty if the turn continues with the next one. */
  private Optional<Outcome> carryOut(RunAction decision, Turn turn) {
    RunPlan plan = turn.execution().plan();
    return switch (decision) {
      case RunAction.Write write -> Optional.of(new Outcome.Continue(write(write, turn)));
      case RunAction.FinishRun finish -> Optional.of(finish(finish, turn));
      case RunAction.RecordStep step ->
          Optional.of(afterRecording(recorder.record(turn.execution(), step), turn));
      case RunAction.RecordCrash crash -> {
        recorder.recordCrash(plan, crash);
        yield Optional.empty();
      }
      case RunAction.FailTarget(List<Row> rows) ->
          Optional.of(afterRecording(recorder.recordWithoutData(plan, rows), turn));
      case RunAction.Await(Duration atMost, String what) -> {
        status.write(turn.live(), snapshot(turn, new RunSnapshot.Phase.Active(turn.execution())));
        yield Optional.of(new Outcome.Wait(atMost));
      }
      case RunAction.ArmWorkers(List<WorkerObservation> workers) -> {
        actions.send(plan.run(), workers, CommandSender.arm(plan, turn.execution().progress()));
        yield Optional.empty();
      }
      case RunAction.TerminateAttempt(List<WorkerObservation> workers) -> {
        actions.send(plan.run(), workers, CommandSender.stop(turn.execution().progress()));
        yield Optional.empty();
      }
      case RunAction.RequestResults(List<WorkerObservation> workers, int ask) -> {
        var current = turn.execution().progress().attemptId();
        actions.send(
            plan.run(), workers, new Command.Repeat(current.step(), current.attempt(), ask));
        yield Optional.empty();
      }
      case RunAction.RequestSamples request -> {
        actions.send(
            plan.run(),
            request.collectors(),
            CommandSender.repeatSamples(turn.execution().progress(), request));
        yield Optional.empty();
      }
      case RunAction.StopCollector(List<CollectorObservation> collectors) -> {
        actions.send(plan.run(), collectors, new Command.Finish());
        yield Optional.empty();
      }
      case RunAction.CreateTarget(String target) -> {
        actions.createTarget(plan, target, deploySpec(turn.live(), target));
        yield Optional.empty();
      }
      case RunAction.RestoreService(String target) -> {
        actions.restoreService(plan, target, deploySpec(turn.live(), target), turn.objects());
        yield Optional.empty();
      }
      case RunAction.CreateWorkers(int generation) -> {
        actions.createWorkers(plan, generation, turn.live().getSpec().load().template());
        yield Optional.empty();
      }
      case RunAction.DeleteStaleWorkerJobs(int generation) -> {
        actions.deleteWorkers(decision.action(), turn.objects(), generation);
        yield Optional.empty();
      }
      case RunAction.DeleteTarget(String target) -> {
        actions.deleteTarget(plan.run(), target, turn.objects());
        yield Optional.empty();
      }
      case RunAction.StopWorkers ignored -> throw onlyInCleanUp(decision);
      case RunAction.DeleteWorkers ignored -> throw onlyInCleanUp(decision);
    };
  }

  /**
   * Handles the outcome of recording. A rejection may be temporary, so recording is tried again,
   * and meanwhile the status states the cause.
   */
  private Outcome afterRecording(Optional<Problem> refusal, Turn turn) {
    if (refusal.isEmpty()) {
      backoff.recordProgress(turn.execution().plan().run().uid());
      return new Outcome.Continue(turn.live());
    }
    backoff.recordRejection(turn.execution().plan(), turn.observed().recorded());
    Optional<String> why = refusal.map(each -> "results cannot be written: " + each.message());
    status.write(turn.live(), snapshot(turn, new RunSnapshot.Phase.Active(turn.execution(), why)));
    return new Outcome.Wait(RESULT_RETRY_DELAY);
  }

  private static IllegalStateException onlyInCleanUp(RunAction decision) {
    return new IllegalStateException(decision.action() + " belongs to the clean-up");
  }

  private BenchmarkRun write(RunAction.Write write, Turn turn) {
    Execution before = turn.execution();
    LOG.infof(
        "run %s/%s: %s, step %d attempt %d%s",
        before.plan().run().namespace(),
        before.plan().run().name(),
        write.action(),
        write.next().step() + 1,
        write.next().attempt().number(),
        write.why().isEmpty() ? "" : ": " + write.why());
    RunSnapshot.Phase after = new RunSnapshot.Phase.Active(before.with(write.next()));
    BenchmarkRun written = status.write(turn.live(), snapshot(turn, after));
    if (NoProgressPolicy.isProgress(before.progress(), write)) {
      backoff.recordProgress(before.plan().run().uid());
    }
    events.record(before.plan().run(), RunEvents.of(before.plan(), before.progress(), write));
    return written;
  }

  private Outcome finish(RunAction.FinishRun finish, Turn turn) {
    Execution last = turn.execution();
    Execution end =
        last.withComponents(
            ComponentStatusMapper.ofTargetsAtEnd(turn.observed(), last.targets()),
            ComponentStatusMapper.ofWorkersAtEnd(
                finish.reason(), finish.message(), last.workers()));
    status.write(
        turn.live(),
        snapshot(
            turn,
            new RunSnapshot.Phase.Finished(
                end, finish.reason(), finish.verdict(), finish.message(), clock.instant())));
    meters.finished(finish);
    return new Outcome.Wait(Duration.ZERO);
  }

  private static RunSnapshot snapshot(Turn turn, RunSnapshot.Phase phase) {
    return new RunSnapshot(turn.live().getMetadata().getGeneration(), phase);
  }

  private static DeploySpec deploySpec(BenchmarkRun run, String target) {
    return run.getSpec().targets().stream()
        .filter(each -> each.name().equals(target))
        .findFirst()
        .orElseThrow()
        .deploy();
  }
}
