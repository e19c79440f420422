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
 * Takes an admitted run forward: observe, decide, carry out, until there is nothing but to wait.
 */
final class RunExecutor {

  private static final Logger LOG = Logger.getLogger(RunExecutor.class);

  /** Live figures are worth a write this often. */
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(5);

  /** Between two tries to write results that the API server turns down. */
  private static final Duration REFUSED_RESULTS = Duration.ofSeconds(2);

  /** A chain of writes without a wait: each step needs a few, so this many mean a loop. */
  private static final int MAX_TURNS = 20;

  private final StatusWriter status;
  private final ResultStore results;
  private final RunObservationMapper collector;
  private final StepRecorder recorder;
  private final ClusterActions acts;
  private final EventWriter events;
  private final OperatorMeters meters;
  private final Failpoints failpoints;
  private final Clock clock;

  private final RunBackoff backoff;

  RunExecutor(
      StatusWriter status,
      ResultStore results,
      RunObservationMapper collector,
      StepRecorder recorder,
      ClusterActions acts,
      EventWriter events,
      OperatorMeters meters,
      Failpoints failpoints,
      Clock clock) {
    this.status = status;
    this.results = results;
    this.collector = collector;
    this.recorder = recorder;
    this.acts = acts;
    this.events = events;
    this.meters = meters;
    this.failpoints = failpoints;
    this.clock = clock;
    this.backoff = new RunBackoff(status, events, clock);
  }

  /** What came of a turn. */
  private sealed interface Outcome {
    /** Something was written that the next decision rests on. */
    record Again(BenchmarkRun live) implements Outcome {}

    /** Nothing but to wait. */
    record Wait(Duration atMost) implements Outcome {}
  }

  /**
   * @param live as just read
   * @return when to look again at the latest
   */
  Duration proceed(BenchmarkRun live, RunPlan plan, RunObjects objects) {
    backoff.looked(plan);
    BenchmarkRun current = live;
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      switch (turnOrBackOff(current, plan, objects)) {
        case Outcome.Again(BenchmarkRun next) -> current = next;
        case Outcome.Wait(Duration atMost) -> {
          return atMost.compareTo(LOOK_AT_LEAST_EVERY) < 0 ? atMost : LOOK_AT_LEAST_EVERY;
        }
      }
    }
    LOG.warnf(
        "run %s/%s: %d writes in a row", plan.run().namespace(), plan.run().name(), MAX_TURNS);
    return Duration.ofSeconds(1);
  }

  RunBackoff backoff() {
    return backoff;
  }

  private Outcome turnOrBackOff(BenchmarkRun live, RunPlan plan, RunObjects objects) {
    try {
      Outcome outcome = turn(live, plan, objects);
      backoff.answered(plan);
      return outcome;
    } catch (KubernetesClientException e) {
      return new Outcome.Again(backoff.afterFailure(live, plan, e).orElseThrow(() -> e));
    }
  }

  private Outcome turn(BenchmarkRun live, RunPlan plan, RunObjects objects) {
    Progress progress = ProgressText.read(live.getStatus().progress());
    Instant startedAt = TimeText.parse(live.getStatus().startTime());
    ResultStore.Recorded recorded = results.read(plan);
    RunObservation observed =
        collector.observe(
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
        new RunSequence(plan, startedAt, backoff.movement(plan))
            .decide(progress, observed, clock.instant());
    Turn turn = new Turn(live, now, observed, objects);
    for (RunAction decision : decisions) {
      meters.decided(decision);
      failpoints.before(decision.action());
      Optional<Outcome> outcome = carryOut(decision, turn);
      failpoints.after(decision.action());
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new IllegalStateException("decisions without an end: " + decisions);
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

  /** Empty where the next decision of the same turn follows. */
  private Optional<Outcome> carryOut(RunAction decision, Turn turn) {
    RunPlan plan = turn.execution().plan();
    return switch (decision) {
      case RunAction.Write write -> Optional.of(new Outcome.Again(write(write, turn)));
      case RunAction.FinishRun finish -> Optional.of(finish(finish, turn));
      case RunAction.RecordStep step ->
          Optional.of(recorded(recorder.record(turn.execution(), step), turn));
      case RunAction.RecordCrash crash -> {
        recorder.recordCrash(plan, crash);
        yield Optional.empty();
      }
      case RunAction.FailTarget(List<Row> rows) ->
          Optional.of(recorded(recorder.recordWithoutData(plan, rows), turn));
      case RunAction.Await(Duration atMost, String what) -> {
        status.write(turn.live(), view(turn, new RunSnapshot.Phase.Active(turn.execution())));
        yield Optional.of(new Outcome.Wait(atMost));
      }
      case RunAction.ArmWorkers(List<WorkerObservation> workers) -> {
        acts.send(plan.run(), workers, CommandSender.arm(plan, turn.execution().progress()));
        yield Optional.empty();
      }
      case RunAction.TerminateAttempt(List<WorkerObservation> workers) -> {
        acts.send(plan.run(), workers, CommandSender.stop(turn.execution().progress()));
        yield Optional.empty();
      }
      case RunAction.RequestResults(List<WorkerObservation> workers, int ask) -> {
        var current = turn.execution().progress().current();
        acts.send(plan.run(), workers, new Command.Repeat(current.step(), current.attempt(), ask));
        yield Optional.empty();
      }
      case RunAction.RequestSamples ask -> {
        acts.send(
            plan.run(), ask.collectors(), CommandSender.repeat(turn.execution().progress(), ask));
        yield Optional.empty();
      }
      case RunAction.StopCollector(List<CollectorObservation> collectors) -> {
        acts.send(plan.run(), collectors, new Command.Finish());
        yield Optional.empty();
      }
      case RunAction.CreateTarget(String target) -> {
        acts.createTarget(plan, target, deploySpec(turn.live(), target));
        yield Optional.empty();
      }
      case RunAction.RestoreService(String target) -> {
        acts.restoreService(plan, target, deploySpec(turn.live(), target), turn.objects());
        yield Optional.empty();
      }
      case RunAction.CreateWorkers(int generation) -> {
        acts.createWorkers(plan, generation, turn.live().getSpec().load().template());
        yield Optional.empty();
      }
      case RunAction.DeleteStaleWorkerJobs(int generation) -> {
        acts.deleteWorkers(decision.action(), turn.objects(), generation);
        yield Optional.empty();
      }
      case RunAction.DeleteTarget(String target) -> {
        acts.deleteTarget(plan.run(), target, turn.objects());
        yield Optional.empty();
      }
      case RunAction.StopWorkers ignored -> throw onlyAtTheEnd(decision);
      case RunAction.DeleteWorkers ignored -> throw onlyAtTheEnd(decision);
    };
  }

  /** What refuses results may go: it is tried again, and meanwhile the status says what it is. */
  private Outcome recorded(Optional<Problem> refusal, Turn turn) {
    if (refusal.isEmpty()) {
      backoff.goesOn(turn.execution().plan().run().uid());
      return new Outcome.Again(turn.live());
    }
    backoff.refused(turn.execution().plan(), turn.observed().recorded());
    Optional<String> why = refusal.map(each -> "results cannot be written: " + each.message());
    status.write(turn.live(), view(turn, new RunSnapshot.Phase.Active(turn.execution(), why)));
    return new Outcome.Wait(REFUSED_RESULTS);
  }

  private static IllegalStateException onlyAtTheEnd(RunAction decision) {
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
        write.next().atHand().number(),
        write.why().isEmpty() ? "" : ": " + write.why());
    RunSnapshot.Phase after = new RunSnapshot.Phase.Active(before.with(write.next()));
    BenchmarkRun written = status.write(turn.live(), view(turn, after));
    if (NoProgressPolicy.isProgress(before.progress(), write)) {
      backoff.goesOn(before.plan().run().uid());
    }
    events.record(before.plan().run(), RunEvents.of(before.plan(), before.progress(), write));
    return written;
  }

  private Outcome finish(RunAction.FinishRun finish, Turn turn) {
    Execution last = turn.execution();
    Execution end =
        last.componentStatus(
            ComponentStatusMapper.ofTargetsAtEnd(turn.observed(), last.targets()),
            ComponentStatusMapper.ofWorkersAtEnd(
                finish.reason(), finish.message(), last.workers()));
    status.write(
        turn.live(),
        view(
            turn,
            new RunSnapshot.Phase.Finished(
                end, finish.reason(), finish.verdict(), finish.message(), clock.instant())));
    meters.finished(finish);
    return new Outcome.Wait(Duration.ZERO);
  }

  private static RunSnapshot view(Turn turn, RunSnapshot.Phase phase) {
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
