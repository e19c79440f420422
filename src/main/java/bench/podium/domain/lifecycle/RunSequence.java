package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Timing.LOOK;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.Verdict;
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
 * An admitted run from its first arrow to its final status: what to do next, from what was intended
 * and what is seen.
 */
public final class RunSequence {

  private final RunPlan plan;
  private final Instant startedAt;
  private final Movement movement;

  /** Of a run that goes on, whatever happens. */
  RunSequence(RunPlan plan, Instant startedAt) {
    this(plan, startedAt, Movement.at(Instant.MAX));
  }

  /**
   * @param startedAt when the run was admitted; its deadline counts from here
   */
  public RunSequence(RunPlan plan, Instant startedAt, Movement movement) {
    this.plan = plan;
    this.startedAt = startedAt;
    this.movement = movement;
  }

  /** What to do now, in this order; the last says when to look again or ends the turn. */
  public List<Decision> decide(Progress progress, Observation seen, Instant now) {
    StepEnding ending = new StepEnding(plan, progress, seen, now);
    Optional<Decision.FinishRun> end = end(progress, seen, now);
    if (end.isPresent()) {
      List<Decision> before = ending.beforeTheEnd(end.get());
      return before.isEmpty() ? leaveNothing(progress, seen, end.get()) : before;
    }
    boolean asked = seen.wish() == Observation.Wish.SUSPEND;
    if (progress.pause().isOn() || (progress.backoff().isOn() && !asked)) {
      List<Decision> before = ending.beforeTakingDown();
      return before.isEmpty() ? takeDown(progress, seen) : before;
    }
    if (asked) {
      return leaveNothing(
          progress,
          seen,
          new Decision.SuspendRun(progress.suspend(plan, now), "spec.suspend is true"));
    }
    List<Decision> first = ending.first(() -> next(progress, seen, now));
    // A load that was given up ends by itself, and what comes meanwhile is no more than made ready.
    return turn(
        progress.ending().isPresent() ? first : unlessStalled(first, progress, seen, now),
        deadline(progress),
        now);
  }

  /** Whatever is to be done next of load pods, target and step. */
  private List<Decision> next(Progress progress, Observation seen, Instant now) {
    Step step = firstUnrecorded(seen).orElseThrow();
    if (step.index() != progress.step()) {
      return List.of(
          new Decision.AdvanceStep(
              progress.advanceTo(
                  step.index(),
                  stepTime(progress, seen),
                  now,
                  new RecordedAttempt(plan, progress, seen).nextSequence())));
    }
    List<Decision> decisions = new ArrayList<>();
    decisions.addAll(new LoadSequence(plan, progress, seen, now).decide());
    decisions.addAll(new TargetSequence(plan, step, progress, seen, now).decide());
    if (decisions.isEmpty()) {
      decisions.addAll(new StepSequence(plan, step, progress, seen, now).decide());
    }
    return decisions;
  }

  /** What ends a step may be turned down just as what goes on with it. */
  private List<Decision> unlessStalled(
      List<Decision> decisions, Progress progress, Observation seen, Instant now) {
    return new Stall(plan, progress, movement, now)
        .cause(seen, decisions)
        .<Decision>map(why -> new Decision.SuspendRun(progress.backOff(plan, now, why), why))
        .map(backOff -> leaveNothing(progress, seen, backOff))
        .orElse(decisions);
  }

  /** Whether the run is past its deadline, which goes on while it waits to be tried again. */
  public boolean isOverdue(Progress progress, Instant now) {
    return !progress.pause().isOn() && !now.isBefore(deadline(progress));
  }

  /** Again and again: what was being made when the run was suspended may be seen late. */
  private static List<Decision> takeDown(Progress progress, Observation seen) {
    List<Decision> decisions = new ArrayList<>();
    decisions.add(new Decision.RemoveOldLoads(progress.load().number() + 1));
    seen.targets().stream()
        .filter(TargetObservation::stands)
        .map(target -> new Decision.RemoveTarget(target.name()))
        .forEach(decisions::add);
    decisions.add(new Decision.Await(LOOK, "to be asked to go on, and for the place"));
    return List.copyOf(decisions);
  }

  /**
   * A Service without a Deployment, which a refusal or a death may have left, is seen by nobody
   * once the run is over.
   */
  private List<Decision> leaveNothing(Progress progress, Observation seen, Decision end) {
    String target = plan.steps().get(Math.min(progress.step(), plan.steps().size() - 1)).target();
    boolean stands =
        seen.target(target)
            .filter(seenTarget -> !(seenTarget.state() instanceof TargetObservation.State.Refused))
            .isPresent();
    return stands ? List.of(end) : List.of(new Decision.RemoveTarget(target), end);
  }

  /** The next step that no row stands for; absent when the run is through. */
  private Optional<Step> firstUnrecorded(Observation seen) {
    Set<Integer> recorded = seen.rows().stream().map(Row::step).collect(Collectors.toSet());
    return plan.steps().stream().filter(step -> !recorded.contains(step.index())).findFirst();
  }

  private Optional<Decision.FinishRun> end(Progress progress, Observation seen, Instant now) {
    if (seen.wish() == Observation.Wish.CANCEL) {
      return Optional.of(
          new Decision.FinishRun(
              FinishReason.CANCELLED,
              Verdict.INCONCLUSIVE,
              "cancelled; the rows so far are kept" + unwritten(seen)));
    }
    if (seen.recorded().unreadable().isPresent()) {
      return seen.recorded()
          .unreadable()
          .map(why -> new Decision.FinishRun(FinishReason.ABORTED, Verdict.ERROR, why));
    }
    boolean stopped =
        plan.limits().onTargetFailure() == OnTargetFailure.STOP
            && seen.rows().stream().anyMatch(row -> !row.measured());
    if (stopped || firstUnrecorded(seen).isEmpty()) {
      return Optional.of(Completion.of(seen.rows()));
    }
    if (isOverdue(progress, now)) {
      return Optional.of(
          new Decision.FinishRun(
              FinishReason.DEADLINE_EXCEEDED,
              Verdict.ERROR,
              "not done after spec.deadline of %ss; the rows so far are kept%s"
                  .formatted(plan.deadline().toSeconds(), unwritten(seen))));
    }
    return Optional.empty();
  }

  private static String unwritten(Observation seen) {
    return seen.recorded()
        .unwritten()
        .map(why -> ", but the last could not be written: " + why.message())
        .orElse("");
  }

  /** Of the step just recorded, with the cool-down; a target that was not measured needs none. */
  private Optional<Duration> stepTime(Progress progress, Observation seen) {
    return seen.rows().stream()
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
  private static List<Decision> turn(List<Decision> decisions, Instant deadline, Instant now) {
    List<Decision> turn = new ArrayList<>();
    Decision.Await wait = new Decision.Await(Duration.between(now, deadline), "the deadline");
    boolean waits = false;
    for (Decision decision : decisions) {
      if (decision instanceof Decision.Await await) {
        wait = shorter(wait, await);
        waits = true;
      } else {
        turn.add(decision);
      }
      if (isRecorded(decision)) {
        return List.copyOf(turn);
      }
    }
    turn.add(waits ? wait : shorter(wait, new Decision.Await(LOOK, "what was asked for")));
    return List.copyOf(turn);
  }

  private static boolean isRecorded(Decision decision) {
    return decision instanceof Decision.Write
        || decision instanceof Decision.RecordStep
        || decision instanceof Decision.EndTarget
        || decision instanceof Decision.FinishRun;
  }

  private static Decision.Await shorter(Decision.Await one, Decision.Await other) {
    return one.atMost().compareTo(other.atMost()) <= 0 ? one : other;
  }

  private Instant deadline(Progress progress) {
    return startedAt.plus(plan.deadline()).plus(progress.pause().before());
  }
}
