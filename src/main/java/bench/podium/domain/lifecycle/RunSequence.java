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
 * An admitted run from its first action to its final status: what to do next, from what was
 * scheduled and what is seen.
 */
public final class RunSequence {

  private final RunPlan plan;
  private final Instant startedAt;
  private final ProgressTracking movement;

  /** Of a run that goes on, whatever happens. */
  RunSequence(RunPlan plan, Instant startedAt) {
    this(plan, startedAt, ProgressTracking.at(Instant.MAX));
  }

  /**
   * @param startedAt when the run was admitted; its deadline counts from here
   */
  public RunSequence(RunPlan plan, Instant startedAt, ProgressTracking movement) {
    this.plan = plan;
    this.startedAt = startedAt;
    this.movement = movement;
  }

  /** What to do now, in this order; the last says when to look again or ends the turn. */
  public List<RunAction> decide(Progress progress, RunObservation observed, Instant now) {
    TerminationSequence ending = new TerminationSequence(plan, progress, observed, now);
    Optional<RunAction.FinishRun> end = end(progress, observed, now);
    if (end.isPresent()) {
      List<RunAction> before = ending.beforeTheEnd(end.get());
      return before.isEmpty() ? leaveNothing(progress, observed, end.get()) : before;
    }
    boolean asked = observed.requestedState() == RunObservation.RequestedState.SUSPEND;
    if (progress.pause().isOn() || (progress.backoff().isOn() && !asked)) {
      List<RunAction> before = ending.beforeTakingDown();
      return before.isEmpty() ? tearDown(progress, observed) : before;
    }
    if (asked) {
      return leaveNothing(
          progress,
          observed,
          new RunAction.SuspendRun(progress.suspend(plan, now), "spec.suspend is true"));
    }
    List<RunAction> first = ending.first(() -> next(progress, observed, now));
    // A load that was given up ends by itself, and what comes meanwhile is no more than made ready.
    return turn(
        progress.ending().isPresent() ? first : unlessStalled(first, progress, observed, now),
        deadline(progress),
        now);
  }

  /** Whatever is to be done next of workers, target and step. */
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

  /** What ends a step may be turned down just as what goes on with it. */
  private List<RunAction> unlessStalled(
      List<RunAction> decisions, Progress progress, RunObservation observed, Instant now) {
    return new NoProgressPolicy(plan, progress, movement, now)
        .cause(observed, decisions)
        .<RunAction>map(why -> new RunAction.SuspendRun(progress.backOff(plan, now, why), why))
        .map(backOff -> leaveNothing(progress, observed, backOff))
        .orElse(decisions);
  }

  /** Whether the run is past its deadline, which goes on while it waits to be tried again. */
  public boolean isOverdue(Progress progress, Instant now) {
    return !progress.pause().isOn() && !now.isBefore(deadline(progress));
  }

  /** Again and again: what was being made when the run was suspended may be seen late. */
  private static List<RunAction> tearDown(Progress progress, RunObservation observed) {
    List<RunAction> decisions = new ArrayList<>();
    decisions.add(new RunAction.DeleteStaleWorkerJobs(progress.load().number() + 1));
    observed.targets().stream()
        .filter(TargetObservation::stands)
        .map(target -> new RunAction.DeleteTarget(target.name()))
        .forEach(decisions::add);
    decisions.add(new RunAction.Await(POLL_INTERVAL, "to be asked to go on, and for the place"));
    return List.copyOf(decisions);
  }

  /**
   * A Service without a Deployment, which a refusal or a death may have left, is seen by nobody
   * once the run is over.
   */
  private List<RunAction> leaveNothing(Progress progress, RunObservation observed, RunAction end) {
    String target = plan.steps().get(Math.min(progress.step(), plan.steps().size() - 1)).target();
    boolean stands =
        observed
            .target(target)
            .filter(seenTarget -> !(seenTarget.state() instanceof TargetObservation.State.Refused))
            .isPresent();
    return stands ? List.of(end) : List.of(new RunAction.DeleteTarget(target), end);
  }

  /** The next step that no row stands for; absent when the run is through. */
  private Optional<Step> firstUnrecorded(RunObservation observed) {
    Set<Integer> recorded = observed.rows().stream().map(Row::step).collect(Collectors.toSet());
    return plan.steps().stream().filter(step -> !recorded.contains(step.index())).findFirst();
  }

  private Optional<RunAction.FinishRun> end(
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
              "not done after spec.deadline of %ss; the rows so far are kept%s"
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

  /** Of the step just recorded, with the cool-down; a target that was not measured needs none. */
  private Optional<Duration> stepTime(Progress progress, RunObservation observed) {
    return observed.rows().stream()
        .filter(row -> row.step() == progress.step() && row.measured())
        .findFirst()
        .map(row -> plan.steps().get(row.step()))
        .map(step -> Timing.load(plan.load(), step).plus(plan.load().cooldown()));
  }

  /**
   * All acts before the one wait, the shortest of them: an act behind a wait would not be done.
   * What changes the run's own record makes all later decisions stale: they are taken again from
   * it.
   */
  private static List<RunAction> turn(List<RunAction> decisions, Instant deadline, Instant now) {
    List<RunAction> turn = new ArrayList<>();
    RunAction.Await wait = new RunAction.Await(Duration.between(now, deadline), "the deadline");
    boolean waits = false;
    for (RunAction decision : decisions) {
      if (decision instanceof RunAction.Await await) {
        wait = shorter(wait, await);
        waits = true;
      } else {
        turn.add(decision);
      }
      if (isRecorded(decision)) {
        return List.copyOf(turn);
      }
    }
    turn.add(
        waits ? wait : shorter(wait, new RunAction.Await(POLL_INTERVAL, "what was asked for")));
    return List.copyOf(turn);
  }

  private static boolean isRecorded(RunAction decision) {
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
