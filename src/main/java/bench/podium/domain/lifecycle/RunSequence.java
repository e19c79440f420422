package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Timing.POLL_INTERVAL;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.plan.Limits.OnTargetFailure;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides the next actions of an admitted run, from its first action to its final status, by its
 * progress and an observation of the cluster.
 */
public final class RunSequence {

  private final RunPlan plan;
  private final Instant startedAt;
  private final ProgressTracking tracking;

  /** A run that always counts as making progress. */
  RunSequence(RunPlan plan, Instant startedAt) {
    this(plan, startedAt, ProgressTracking.startingAt(Instant.MAX));
  }

  /**
   * @param startedAt when the run was admitted; its deadline counts from then
   */
  public RunSequence(RunPlan plan, Instant startedAt, ProgressTracking tracking) {
    this.plan = plan;
    this.startedAt = startedAt;
    this.tracking = tracking;
  }

  /**
   * The actions to carry out now, in this order. The last one is a wait, or a write after which the
   * progress must be read again.
   */
  public List<RunAction> decide(Progress progress, RunObservation observed, Instant now) {
    TerminationSequence termination = new TerminationSequence(plan, progress, observed, now);
    Optional<RunAction.FinishRun> finish = finish(progress, observed, now);
    if (finish.isPresent()) {
      List<RunAction> before = termination.beforeFinish(finish.get());
      return before.isEmpty() ? withoutOrphanedService(progress, observed, finish.get()) : before;
    }
    boolean suspendRequested = observed.requestedState() == RunObservation.RequestedState.SUSPEND;
    if (progress.pause().isOn() || (progress.backoff().isOn() && !suspendRequested)) {
      List<RunAction> before = termination.beforeTearDown();
      return before.isEmpty() ? tearDown(progress, observed) : before;
    }
    if (suspendRequested) {
      return withoutOrphanedService(
          progress,
          observed,
          new RunAction.SuspendRun(progress.suspend(plan, now), "spec.suspend is true"));
    }
    List<RunAction> first = termination.beforeNext(() -> next(progress, observed, now));
    // The load of a terminated attempt ends by itself, and meanwhile only the next one is prepared.
    return withSingleWait(
        progress.ending().isPresent() ? first : suspendIfStalled(first, progress, observed, now),
        deadline(progress),
        now);
  }

  /** The next actions for workers, target and step. */
  private List<RunAction> next(Progress progress, RunObservation observed, Instant now) {
    Step step = firstUnrecorded(observed).orElseThrow();
    if (step.index() != progress.step()) {
      return List.of(
          new RunAction.AdvanceStep(
              progress.advanceTo(
                  step.index(),
                  stepTime(progress, observed),
                  now,
                  new UnrecordedAttempt(plan, progress, observed).nextSequence())));
    }
    List<RunAction> decisions = new ArrayList<>();
    decisions.addAll(new WorkerSequence(plan, progress, observed, now).decide());
    decisions.addAll(new TargetSequence(plan, step, progress, observed, now).decide());
    if (decisions.isEmpty()) {
      decisions.addAll(new StepSequence(plan, step, progress, observed, now).decide());
    }
    return decisions;
  }

  /**
   * Suspends a run that makes no progress. This includes actions that end a step: they may be
   * rejected as well.
   */
  private List<RunAction> suspendIfStalled(
      List<RunAction> decisions, Progress progress, RunObservation observed, Instant now) {
    return new NoProgressPolicy(plan, progress, tracking, now)
        .cause(observed, decisions)
        .<RunAction>map(why -> new RunAction.SuspendRun(progress.backOff(plan, now, why), why))
        .map(backOff -> withoutOrphanedService(progress, observed, backOff))
        .orElse(decisions);
  }

  /** Whether the run is past its deadline. Suspensions postpone the deadline, back-offs do not. */
  public boolean isOverdue(Progress progress, Instant now) {
    return !progress.pause().isOn() && !now.isBefore(deadline(progress));
  }

  /**
   * Repeated as long as the run is suspended: an object that was being created may be seen late.
   */
  private static List<RunAction> tearDown(Progress progress, RunObservation observed) {
    List<RunAction> decisions = new ArrayList<>();
    decisions.add(new RunAction.DeleteStaleWorkerJobs(progress.load().number() + 1));
    observed.targets().stream()
        .filter(TargetObservation::isDeployed)
        .map(target -> new RunAction.DeleteTarget(target.name()))
        .forEach(decisions::add);
    decisions.add(new RunAction.Await(POLL_INTERVAL, "a request to resume, and the slot"));
    return List.copyOf(decisions);
  }

  /**
   * Deletes the Service of a target without a Deployment, which a rejected Deployment or a crash of
   * the operator may leave: no observation shows it.
   */
  private List<RunAction> withoutOrphanedService(
      Progress progress, RunObservation observed, RunAction last) {
    String target = plan.steps().get(Math.min(progress.step(), plan.steps().size() - 1)).target();
    boolean stands =
        observed
            .target(target)
            .filter(each -> !(each.state() instanceof TargetObservation.State.Refused))
            .isPresent();
    return stands ? List.of(last) : List.of(new RunAction.DeleteTarget(target), last);
  }

  /** The first step without a row; absent when all are recorded. */
  private Optional<Step> firstUnrecorded(RunObservation observed) {
    Set<Integer> recorded = observed.rows().stream().map(Row::step).collect(Collectors.toSet());
    return plan.steps().stream().filter(step -> !recorded.contains(step.index())).findFirst();
  }

  private Optional<RunAction.FinishRun> finish(
      Progress progress, RunObservation observed, Instant now) {
    if (observed.requestedState() == RunObservation.RequestedState.CANCEL) {
      return Optional.of(
          new RunAction.FinishRun(
              FinishReason.CANCELLED,
              Verdict.INCONCLUSIVE,
              "cancelled; the rows so far are kept" + unwritten(observed)));
    }
    if (observed.recorded().unreadable().isPresent()) {
      return observed
          .recorded()
          .unreadable()
          .map(why -> new RunAction.FinishRun(FinishReason.ABORTED, Verdict.ERROR, why));
    }
    boolean stopped =
        plan.limits().onTargetFailure() == OnTargetFailure.STOP
            && observed.rows().stream().anyMatch(row -> !row.measured());
    if (stopped || firstUnrecorded(observed).isEmpty()) {
      return Optional.of(RunCompletion.of(observed.rows()));
    }
    if (isOverdue(progress, now)) {
      return Optional.of(
          new RunAction.FinishRun(
              FinishReason.DEADLINE_EXCEEDED,
              Verdict.ERROR,
              "not finished within spec.deadline of %ss; the rows so far are kept%s"
                  .formatted(plan.deadline().toSeconds(), unwritten(observed))));
    }
    return Optional.empty();
  }

  private static String unwritten(RunObservation observed) {
    return observed
        .recorded()
        .unwritten()
        .map(why -> ", but the last could not be written: " + why.message())
        .orElse("");
  }

  /**
   * Duration of the step just recorded, including the cool-down; a step that was not measured needs
   * none.
   */
  private Optional<Duration> stepTime(Progress progress, RunObservation observed) {
    return observed.rows().stream()
        .filter(row -> row.step() == progress.step() && row.measured())
        .findFirst()
        .map(row -> plan.steps().get(row.step()))
        .map(step -> Timing.load(plan.load(), step).plus(plan.load().cooldown()));
  }

  /**
   * Puts all actions before a single wait, the shortest one, since an action after a wait would not
   * be carried out. Drops all actions after one that changes the run's records: they must be
   * decided again from the new records.
   */
  private static List<RunAction> withSingleWait(
      List<RunAction> decisions, Instant deadline, Instant now) {
    List<RunAction> ordered = new ArrayList<>();
    RunAction.Await wait = new RunAction.Await(Duration.between(now, deadline), "the deadline");
    boolean waits = false;
    for (RunAction decision : decisions) {
      if (decision instanceof RunAction.Await await) {
        wait = shorter(wait, await);
        waits = true;
      } else {
        ordered.add(decision);
      }
      if (changesRecords(decision)) {
        return List.copyOf(ordered);
      }
    }
    ordered.add(
        waits ? wait : shorter(wait, new RunAction.Await(POLL_INTERVAL, "the requested changes")));
    return List.copyOf(ordered);
  }

  private static boolean changesRecords(RunAction decision) {
    return decision instanceof RunAction.Write
        || decision instanceof RunAction.RecordStep
        || decision instanceof RunAction.FailTarget
        || decision instanceof RunAction.FinishRun;
  }

  private static RunAction.Await shorter(RunAction.Await one, RunAction.Await other) {
    return one.atMost().compareTo(other.atMost()) <= 0 ? one : other;
  }

  private Instant deadline(Progress progress) {
    return startedAt.plus(plan.deadline()).plus(progress.pause().before());
  }
}
