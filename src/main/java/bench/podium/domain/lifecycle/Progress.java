package bench.podium.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a run has come: what the operator has said that it will do, written into the status
 * before it is done. Together with what exists in the cluster it is all that a new operator needs
 * to go on.
 *
 * @param step index of the current step; the number of steps once all are recorded
 * @param atHand the attempts of that step
 * @param load the load pods
 * @param notBefore the end of the step before plus the cool-down
 * @param pause for which the run was asked not to be at work
 * @param backoff where it made no progress and has left its place to others
 */
public record Progress(
    int step,
    AttemptAtHand atHand,
    LoadGeneration load,
    Optional<Instant> notBefore,
    Pause pause,
    Backoff backoff) {

  /** Of a run that was just admitted. */
  public static Progress atAdmission(Instant now) {
    return new Progress(
        0,
        AttemptAtHand.NONE,
        LoadGeneration.first(now),
        Optional.empty(),
        Pause.NONE,
        Backoff.NONE);
  }

  public StepAttempt current() {
    return new StepAttempt(step, atHand.number());
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
  Progress intend(Instant now, Instant t0) {
    return with(atHand.intend(now, t0));
  }

  /** The attempt did not arm in time; nothing of it counts. */
  Progress callOff() {
    return with(atHand.callOff());
  }

  /** Found long after T0 by an operator that was away: its absence counts against no bound. */
  Progress callOffAfresh() {
    return with(atHand.callOffAfresh());
  }

  /** The attempt has started and cannot be used; the step begins afresh. */
  Progress voidAttempt() {
    return with(atHand.voidIt());
  }

  /** The load pods could not come up while nobody made them. */
  Progress awaitLoadAfresh(Instant now) {
    return with(load.awaitAfresh(now));
  }

  /** A load pod was lost before T0: the next generation, and the attempt is called off. */
  Progress replaceLoadBeforeStart(Instant now) {
    return callOff().with(load.nextAfterLoss(now));
  }

  /** A load pod was lost in mid-step: the next generation at once. */
  Progress replaceLoadAfterVoid(Instant now) {
    return with(load.next(now));
  }

  /** The load pods have shown that they can run. */
  Progress loadHasArmed() {
    return with(load.armed());
  }

  /**
   * To a later step. Load pods that have not armed yet are awaited afresh.
   *
   * <p>Where a recorded step is there no more, it is an earlier one: load pods that have run a
   * later one obey no command for it, so that it takes the next generation.
   *
   * @param stepTime what the step just recorded took from T0, with the cool-down after it; absent
   *     if it was not measured
   */
  Progress advanceTo(int nextStep, Optional<Duration> stepTime, Instant now) {
    return new Progress(
        nextStep,
        AttemptAtHand.NONE,
        nextStep < step ? load.next(now) : load.atNextStep(now),
        t0().flatMap(start -> stepTime.map(start::plus)).or(() -> notBefore),
        pause,
        Backoff.NONE);
  }

  /** Asked to pause: the attempt that is under way is given up and counts against nothing. */
  public Progress suspend(Instant now) {
    return callOffAfresh().with(pause.begin(now)).with(backoff.end());
  }

  /** Made no progress: the attempt is given up like that of a run that is asked to pause. */
  public Progress backOff(Instant now, String why) {
    return callOffAfresh().with(backoff.begin(now, why));
  }

  /** Has its place again: the step begins afresh, with load pods of the next generation. */
  public Progress resume(Instant now) {
    return with(load.next(now)).with(pause.end(now)).with(backoff.end());
  }

  private Progress with(AttemptAtHand other) {
    return new Progress(step, other, load, notBefore, pause, backoff);
  }

  private Progress with(LoadGeneration other) {
    return new Progress(step, atHand, other, notBefore, pause, backoff);
  }

  private Progress with(Pause other) {
    return new Progress(step, atHand, load, notBefore, other, backoff);
  }

  private Progress with(Backoff other) {
    return new Progress(step, atHand, load, notBefore, pause, other);
  }
}
