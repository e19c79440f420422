package bench.podium.controller;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.DeploySpec;
import bench.podium.domain.judge.Row;
import bench.podium.domain.lifecycle.Decision;
import bench.podium.domain.lifecycle.Observation;
import bench.podium.domain.lifecycle.ObserverObservation;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.RunSequence;
import bench.podium.domain.lifecycle.Stall;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.lifecycle.WorkerObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.events.RunEvents;
import bench.podium.metrics.OperatorMeters;
import bench.podium.observe.CrashLogPolicy;
import bench.podium.observe.Redaction;
import bench.podium.observe.RunObjects;
import bench.podium.observe.RunObserver;
import bench.podium.planning.LiteralValues;
import bench.podium.status.ProgressText;
import bench.podium.status.RunView;
import bench.podium.status.RunView.Execution;
import bench.podium.status.Standings;
import bench.podium.status.TimeText;
import bench.podium.wire.Command;
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
final class RunExecution {

  private static final Logger LOG = Logger.getLogger(RunExecution.class);

  /** Live figures are worth a write this often. */
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(5);

  /** Between two tries to write results that the API server turns down. */
  private static final Duration REFUSED_RESULTS = Duration.ofSeconds(2);

  /** A chain of writes without a wait: each step needs a few, so this many mean a loop. */
  private static final int MAX_TURNS = 20;

  private final StatusWriter status;
  private final ResultStore results;
  private final RunObserver observer;
  private final StepRecorder recorder;
  private final RunActs acts;
  private final EventWriter events;
  private final OperatorMeters meters;
  private final Failpoints failpoints;
  private final Clock clock;

  private final RunBackoff backoff;

  RunExecution(
      StatusWriter status,
      ResultStore results,
      RunObserver observer,
      StepRecorder recorder,
      RunActs acts,
      EventWriter events,
      OperatorMeters meters,
      Failpoints failpoints,
      Clock clock) {
    this.status = status;
    this.results = results;
    this.observer = observer;
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
    Observation seen =
        observer.observe(
            plan.run(),
            progress,
            plan.targets(),
            objects,
            recorded.steps(),
            wish(live),
            crashLogs(live));
    Execution now =
        new Execution(
            plan,
            startedAt,
            progress,
            Standings.ofTarget(plan, progress.step(), seen),
            Standings.ofLoad(plan, seen.load()),
            seen.rows(),
            recorded.index());
    events.say(plan.run(), RunEvents.of(now, seen, clock.instant()));
    List<Decision> decisions =
        new RunSequence(plan, startedAt, backoff.movement(plan))
            .decide(progress, seen, clock.instant());
    Turn turn = new Turn(live, now, seen, objects);
    for (Decision decision : decisions) {
      meters.decided(decision);
      failpoints.before(decision.arrow());
      Optional<Outcome> outcome = carryOut(decision, turn);
      failpoints.after(decision.arrow());
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new IllegalStateException("decisions without an end: " + decisions);
  }

  private static Observation.Wish wish(BenchmarkRun live) {
    if (live.getSpec().cancel()) {
      return Observation.Wish.CANCEL;
    }
    return live.getSpec().suspend() ? Observation.Wish.SUSPEND : Observation.Wish.GO_ON;
  }

  private static CrashLogPolicy crashLogs(BenchmarkRun live) {
    return new CrashLogPolicy(
        live.getSpec().collect().crashLogs(), () -> Redaction.of(LiteralValues.of(live.getSpec())));
  }

  private record Turn(
      BenchmarkRun live, Execution execution, Observation seen, RunObjects objects) {}

  /** Empty where the next decision of the same turn follows. */
  private Optional<Outcome> carryOut(Decision decision, Turn turn) {
    RunPlan plan = turn.execution().plan();
    return switch (decision) {
      case Decision.Write write -> Optional.of(new Outcome.Again(write(write, turn)));
      case Decision.FinishRun finish -> Optional.of(finish(finish, turn));
      case Decision.RecordStep step ->
          Optional.of(recorded(recorder.record(turn.execution(), step), turn));
      case Decision.RecordCrash crash -> {
        recorder.recordCrash(plan, crash);
        yield Optional.empty();
      }
      case Decision.EndTarget(List<Row> rows) ->
          Optional.of(recorded(recorder.recordWithoutData(plan, rows), turn));
      case Decision.Await(Duration atMost, String what) -> {
        status.write(turn.live(), view(turn, new RunView.Phase.Active(turn.execution())));
        yield Optional.of(new Outcome.Wait(atMost));
      }
      case Decision.ArmWorkers(List<WorkerObservation> workers) -> {
        acts.send(plan.run(), workers, PodCommands.arm(plan, turn.execution().progress()));
        yield Optional.empty();
      }
      case Decision.StopAttempt(List<WorkerObservation> workers) -> {
        acts.send(plan.run(), workers, PodCommands.stop(turn.execution().progress()));
        yield Optional.empty();
      }
      case Decision.AskAgain(List<WorkerObservation> workers, int ask) -> {
        var current = turn.execution().progress().current();
        acts.send(plan.run(), workers, new Command.Repeat(current.step(), current.attempt(), ask));
        yield Optional.empty();
      }
      case Decision.AskForSamples ask -> {
        acts.send(
            plan.run(), ask.observers(), PodCommands.repeat(turn.execution().progress(), ask));
        yield Optional.empty();
      }
      case Decision.FinishObserver(List<ObserverObservation> observers) -> {
        acts.send(plan.run(), observers, new Command.Finish());
        yield Optional.empty();
      }
      case Decision.DeployTarget(String target) -> {
        acts.deployTarget(plan, target, deploySpec(turn.live(), target));
        yield Optional.empty();
      }
      case Decision.ReopenTarget(String target) -> {
        acts.reopenTarget(plan, target, deploySpec(turn.live(), target), turn.objects());
        yield Optional.empty();
      }
      case Decision.DeployLoad(int generation) -> {
        acts.deployLoad(plan, generation, turn.live().getSpec().load().template());
        yield Optional.empty();
      }
      case Decision.RemoveOldLoads(int generation) -> {
        acts.removeLoads(decision.arrow(), turn.objects(), generation);
        yield Optional.empty();
      }
      case Decision.RemoveTarget(String target) -> {
        acts.removeTarget(plan.run(), target, turn.objects());
        yield Optional.empty();
      }
      case Decision.SayFinish ignored -> throw onlyAtTheEnd(decision);
      case Decision.RemoveLoad ignored -> throw onlyAtTheEnd(decision);
    };
  }

  /** What refuses results may go: it is tried again, and meanwhile the status says what it is. */
  private Outcome recorded(Optional<Trouble> refusal, Turn turn) {
    if (refusal.isEmpty()) {
      backoff.goesOn(turn.execution().plan().run().uid());
      return new Outcome.Again(turn.live());
    }
    backoff.refused(turn.execution().plan(), turn.seen().recorded());
    Optional<String> why = refusal.map(each -> "results cannot be written: " + each.message());
    status.write(turn.live(), view(turn, new RunView.Phase.Active(turn.execution(), why)));
    return new Outcome.Wait(REFUSED_RESULTS);
  }

  private static IllegalStateException onlyAtTheEnd(Decision decision) {
    return new IllegalStateException(decision.arrow() + " belongs to the clean-up");
  }

  private BenchmarkRun write(Decision.Write write, Turn turn) {
    Execution before = turn.execution();
    LOG.infof(
        "run %s/%s: %s, step %d attempt %d%s",
        before.plan().run().namespace(),
        before.plan().run().name(),
        write.arrow(),
        write.next().step() + 1,
        write.next().atHand().number(),
        write.why().isEmpty() ? "" : ": " + write.why());
    RunView.Phase after = new RunView.Phase.Active(before.with(write.next()));
    BenchmarkRun written = status.write(turn.live(), view(turn, after));
    if (Stall.isProgress(before.progress(), write)) {
      backoff.goesOn(before.plan().run().uid());
    }
    events.say(before.plan().run(), RunEvents.of(before.plan(), before.progress(), write));
    return written;
  }

  private Outcome finish(Decision.FinishRun finish, Turn turn) {
    Execution last = turn.execution();
    Execution end =
        last.standing(
            Standings.ofTargetsAtEnd(turn.seen(), last.targets()),
            Standings.ofLoadAtEnd(finish.reason(), finish.message(), last.workers()));
    status.write(
        turn.live(),
        view(
            turn,
            new RunView.Phase.Finished(
                end, finish.reason(), finish.verdict(), finish.message(), clock.instant())));
    meters.finished(finish);
    return new Outcome.Wait(Duration.ZERO);
  }

  private static RunView view(Turn turn, RunView.Phase phase) {
    return new RunView(turn.live().getMetadata().getGeneration(), phase);
  }

  private static DeploySpec deploySpec(BenchmarkRun run, String target) {
    return run.getSpec().targets().stream()
        .filter(each -> each.name().equals(target))
        .findFirst()
        .orElseThrow()
        .deploy();
  }
}
