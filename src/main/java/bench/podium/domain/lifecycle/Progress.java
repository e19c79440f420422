package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The progress of a run: the operator's decisions, written into the status before they are carried
 * out. A new operator needs only this and the state of the cluster to continue the run.
 *
 * @param step index of the current step; the number of steps once all are recorded
 * @param attempt the attempts of the current step
 * @param load generation of the workers
 * @param notBefore earliest start of the next attempt: the end of the previous step plus the
 *     cool-down
 * @param pause times in which the run was suspended
 * @param nextSequence first number of {@code seq} placeholders for the attempt in progress or, if
 *     there is none, the next one: greater than all that earlier attempts of the run may have used
 * @param backoff set where the run made no progress and has released its slot
 */
public record Progress(
    int step,
    CurrentAttempt attempt,
    WorkerGeneration load,
    Optional<Instant> notBefore,
    Suspension pause,
    long nextSequence,
    NoProgressBackoff backoff) {

  /** The progress of a run that was just admitted. */
  public static Progress atAdmission(Instant now) {
    return new Progress(
        0,
        CurrentAttempt.NONE,
        WorkerGeneration.first(now),
        Optional.empty(),
        Suspension.NONE,
        1,
        NoProgressBackoff.NONE);
  }

  public AttemptId attemptId() {
    return new AttemptId(step, attempt.number());
  }

  /** When the current attempt starts; absent while none is in progress. */
  public Optional<Instant> t0() {
    return attempt.t0();
  }

  /** Whether the run is neither suspended nor waiting for its next try. */
  public boolean isActive() {
    return !pause.isOn() && !backoff.isOn();
  }

  /** Schedules the next attempt of the current step for {@code t0}. */
  Progress schedule(Instant now, Instant t0) {
    return with(attempt.schedule(now, t0));
  }

  /** The terminated attempt, while its load may still be running. */
  public Optional<AttemptTermination> ending() {
    return attempt.ending();
  }

  /** Terminates an attempt that was not armed in time. */
  Progress abort(RunPlan plan, Instant now, String why) {
    return terminate(AttemptTermination.Kind.ABORT, plan, now, why);
  }

  /**
   * Terminates the attempt without counting it, and resets the count of attempts that were not
   * armed.
   */
  Progress abandon(RunPlan plan, Instant now, String why) {
    return terminate(AttemptTermination.Kind.ABANDON, plan, now, why);
  }

  /**
   * Terminates an attempt that has started and cannot be used; it counts against {@code
   * limits.attempts}.
   */
  Progress discardAttempt(RunPlan plan, Instant now, String why) {
    return terminate(AttemptTermination.Kind.DISCARD, plan, now, why);
  }

  /** Terminates the attempt; no other follows. */
  Progress failStep(RunPlan plan, Instant now, StepFailure end) {
    return with(attempt.failWith(end))
        .terminate(AttemptTermination.Kind.ABANDON, plan, now, end.message());
  }

  /** Changes nothing where no attempt is in progress. */
  private Progress terminate(AttemptTermination.Kind kind, RunPlan plan, Instant now, String why) {
    return t0().map(
            t0 ->
                new AttemptTermination(
                    kind,
                    t0,
                    t0.plus(Timing.maxLoadDuration(plan.load(), plan.steps().get(step))),
                    now,
                    load.number(),
                    why,
                    Map.of()))
        .map(termination -> with(attempt.terminate(termination)))
        .orElse(this);
  }

  /**
   * Adds what is known of the terminated attempt while its load is still running in some workers.
   */
  Progress updateTermination(AttemptTermination updated) {
    return with(attempt.updateTermination(updated));
  }

  /**
   * The load of the terminated attempt has ended.
   *
   * @param next the first sequence number that it has not used
   */
  Progress completeTermination(AttemptRecord record, long next) {
    return with(attempt.completeTermination(record)).withNextSequence(next);
  }

  /** Restarts the time for the workers to start: no operator was running to create them. */
  Progress restartWorkersTimeout(Instant now) {
    return with(load.restartTimeout(now));
  }

  /** Aborts the attempt and starts the next generation, after a worker was lost before T0. */
  Progress replaceWorkersBeforeStart(RunPlan plan, Instant now, String why) {
    return abort(plan, now, why).with(load.nextAfterLoss(now));
  }

  /**
   * Discards the attempt and starts the next generation, after a worker was lost during the step.
   */
  Progress replaceWorkersAfterStart(RunPlan plan, Instant now, String why) {
    return discardAttempt(plan, now, why).with(load.next(now));
  }

  /** All workers were armed, and so have shown that they can run. */
  Progress workersArmed() {
    return with(load.armed());
  }

  /**
   * Moves on to another step. Workers that were never armed get the whole time to start again.
   *
   * <p>If the record of an earlier step was deleted, the run goes back to it with the next
   * generation, because workers that have run a later step obey no command for an earlier one.
   *
   * @param stepTime duration of the step just recorded from T0, including the cool-down; absent if
   *     it was not measured
   * @param next the first sequence number that no attempt has used
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

  /** Suspends the run; the attempt in progress is terminated and counts against no bound. */
  public Progress suspend(RunPlan plan, Instant now) {
    Progress terminated = abandon(plan, now, "the run was suspended");
    return terminated
        .with(terminated.attempt.restartArming())
        .with(pause.begin(now))
        .with(backoff.end());
  }

  /**
   * Backs off because the run made no progress; the attempt is terminated as in {@link #suspend}.
   */
  public Progress backOff(RunPlan plan, Instant now, String why) {
    Progress terminated = abandon(plan, now, "the run made no progress");
    return terminated.with(terminated.attempt.restartArming()).with(backoff.begin(now, why));
  }

  /** Continues the run in its slot: the step starts again, with the next generation of workers. */
  public Progress resume(Instant now) {
    return with(load.next(now)).with(pause.end(now)).with(backoff.end());
  }

  private Progress with(CurrentAttempt other) {
    return new Progress(step, other, load, notBefore, pause, nextSequence, backoff);
  }

  private Progress with(WorkerGeneration other) {
    return new Progress(step, attempt, other, notBefore, pause, nextSequence, backoff);
  }

  private Progress with(Suspension other) {
    return new Progress(step, attempt, load, notBefore, other, nextSequence, backoff);
  }

  private Progress with(NoProgressBackoff other) {
    return new Progress(step, attempt, load, notBefore, pause, nextSequence, other);
  }

  private Progress withNextSequence(long next) {
    return new Progress(step, attempt, load, notBefore, pause, next, backoff);
  }
}
