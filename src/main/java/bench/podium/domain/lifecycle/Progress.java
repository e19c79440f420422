package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run has come: what the operator has said that it will do, written into the status
 * before it is done. Together with what exists in the cluster it is all that a new operator needs
 * to go on.
 *
 * @param step index of the current step; the number of steps once all are recorded
 * @param atHand the attempts of that step
 * @param load the workers
 * @param notBefore the end of the step before plus the cool-down
 * @param pause for which the run was asked not to be at work
 * @param nextSequence the first number of {@code seq} placeholders for the current attempt, if one
 *     is under way, or for the next: above all that earlier ones of the run may have used
 * @param backoff where it made no progress and has left its place to others
 */
public record Progress(
    int step,
    CurrentAttempt atHand,
    LoadGeneration load,
    Optional<Instant> notBefore,
    Suspension pause,
    long nextSequence,
    NoProgressBackoff backoff) {

  /** Of a run that was just admitted. */
  public static Progress atAdmission(Instant now) {
    return new Progress(
        0,
        CurrentAttempt.NONE,
        LoadGeneration.first(now),
        Optional.empty(),
        Suspension.NONE,
        1,
        NoProgressBackoff.NONE);
  }

  public AttemptId current() {
    return new AttemptId(step, atHand.number());
  }

  /** When the current attempt starts; absent while none is under way. */
  public Optional<Instant> t0() {
    return atHand.t0();
  }

  /** Whether the run has its place, and uses it. */
  public boolean isAtWork() {
    return !pause.isOn() && !backoff.isOn();
  }

  /** The next attempt of the current step starts at {@code t0}. */
  Progress schedule(Instant now, Instant t0) {
    return with(atHand.schedule(now, t0));
  }

  /** The attempt that was given up, while its load may go on. */
  public Optional<AttemptTermination> ending() {
    return atHand.ending();
  }

  /** The attempt did not arm in time; nothing of it counts. */
  Progress abort(RunPlan plan, Instant now, String why) {
    return giveUp(AttemptTermination.Kind.ABORT, plan, now, why);
  }

  /**
   * The attempt counts against no bound, and what was counted of the step before does not either.
   */
  Progress abandon(RunPlan plan, Instant now, String why) {
    return giveUp(AttemptTermination.Kind.ABANDON, plan, now, why);
  }

  /** The attempt has started and cannot be used; the step begins afresh. */
  Progress discardAttempt(RunPlan plan, Instant now, String why) {
    return giveUp(AttemptTermination.Kind.DISCARD, plan, now, why);
  }

  /** No other attempt follows. */
  Progress endStep(RunPlan plan, Instant now, StepFailure end) {
    return with(atHand.endedBy(end))
        .giveUp(AttemptTermination.Kind.ABANDON, plan, now, end.message());
  }

  /** Nothing, where no attempt is under way. */
  private Progress giveUp(AttemptTermination.Kind kind, RunPlan plan, Instant now, String why) {
    return t0().map(
            t0 ->
                new AttemptTermination(
                    kind,
                    t0,
                    t0.plus(Timing.loadOver(plan.load(), plan.steps().get(step))),
                    now,
                    load.number(),
                    why,
                    Map.of()))
        .map(given -> with(atHand.giveUp(given)))
        .orElse(this);
  }

  /** What is known of the attempt that was given up, while its load goes on elsewhere. */
  Progress note(AttemptTermination known) {
    return with(atHand.note(known));
  }

  /**
   * The load of the attempt that was given up is over.
   *
   * @param next the first number that it has not used
   */
  Progress conclude(AttemptRecord record, long next) {
    return with(atHand.conclude(record)).withNextSequence(next);
  }

  /** The workers could not come up while nobody made them. */
  Progress awaitWorkersAfresh(Instant now) {
    return with(load.awaitAfresh(now));
  }

  /** A worker was lost before T0: the next generation, and the attempt is aborted. */
  Progress replaceWorkersBeforeStart(RunPlan plan, Instant now, String why) {
    return abort(plan, now, why).with(load.nextAfterLoss(now));
  }

  /** A worker was lost in mid-step: the next generation at once. */
  Progress replaceWorkersAfterStart(RunPlan plan, Instant now, String why) {
    return discardAttempt(plan, now, why).with(load.next(now));
  }

  /** The workers have shown that they can run. */
  Progress workersHaveArmed() {
    return with(load.armed());
  }

  /**
   * To a later step. Workers that have not armed yet are awaited afresh.
   *
   * <p>Where a recorded step is there no more, it is an earlier one: workers that have run a later
   * one obey no command for it, so that it takes the next generation.
   *
   * @param stepTime what the step just recorded took from T0, with the cool-down after it; absent
   *     if it was not measured
   * @param next the first number of a sequence that no attempt has used
   */
  Progress advanceTo(int nextStep, Optional<Duration> stepTime, Instant now, long next) {
    return new Progress(
        nextStep,
        CurrentAttempt.NONE,
        nextStep < step ? load.next(now) : load.atNextStep(now),
        t0().flatMap(start -> stepTime.map(start::plus)).or(() -> notBefore),
        pause,
        next,
        NoProgressBackoff.NONE);
  }

  /** Asked to pause: the attempt that is under way is given up and counts against nothing. */
  public Progress suspend(RunPlan plan, Instant now) {
    Progress without = abandon(plan, now, "the run was suspended");
    return without.with(without.atHand.afresh()).with(pause.begin(now)).with(backoff.end());
  }

  /** Made no progress: the attempt is given up like that of a run that is asked to pause. */
  public Progress backOff(RunPlan plan, Instant now, String why) {
    Progress without = abandon(plan, now, "the run made no progress");
    return without.with(without.atHand.afresh()).with(backoff.begin(now, why));
  }

  /** Has its place again: the step begins afresh, with workers of the next generation. */
  public Progress resume(Instant now) {
    return with(load.next(now)).with(pause.end(now)).with(backoff.end());
  }

  private Progress with(CurrentAttempt other) {
    return new Progress(step, other, load, notBefore, pause, nextSequence, backoff);
  }

  private Progress with(LoadGeneration other) {
    return new Progress(step, atHand, other, notBefore, pause, nextSequence, backoff);
  }

  private Progress with(Suspension other) {
    return new Progress(step, atHand, load, notBefore, other, nextSequence, backoff);
  }

  private Progress with(NoProgressBackoff other) {
    return new Progress(step, atHand, load, notBefore, pause, nextSequence, other);
  }

  private Progress withNextSequence(long next) {
    return new Progress(step, atHand, load, notBefore, pause, next, backoff);
  }
}
