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
 * @param attempt of the current step, from 1; 0 before the first intention. Numbers only grow, so
 *     that a load pod knows the newer command
 * @param intendedAt when the current attempt was intended, at least after the target's last start
 *     before it: a later start spoils the attempt; absent while none is under way
 * @param t0 when the current attempt starts; absent while none is under way
 * @param armingSince when this step was first intended since it last began afresh
 * @param callOffs since {@code armingSince}
 * @param voided attempts of this step that count against the limit
 * @param generation of the load Job, from 1
 * @param loadSince since when this run has waited for load pods that run; absent once all armed
 * @param lostLoads generations lost before T0 since {@code loadSince}
 * @param notBefore the end of the step before plus the cool-down
 * @param pause for which the run was not at work
 */
public record Progress(
    int step,
    int attempt,
    Optional<Instant> intendedAt,
    Optional<Instant> t0,
    Optional<Instant> armingSince,
    int callOffs,
    int voided,
    int generation,
    Optional<Instant> loadSince,
    int lostLoads,
    Optional<Instant> notBefore,
    Pause pause) {

  /** Of a run that was just admitted. */
  public static Progress atAdmission(Instant now) {
    return new Progress(
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        1,
        Optional.of(now),
        0,
        Optional.empty(),
        Pause.NONE);
  }

  public StepAttempt current() {
    return new StepAttempt(step, attempt);
  }

  /** The next attempt of the current step starts at {@code t0}. */
  Progress intend(Instant now, Instant t0) {
    return atHand(
        attempt + 1,
        Optional.of(now),
        Optional.of(t0),
        armingSince.or(() -> Optional.of(now)),
        callOffs,
        voided);
  }

  /** The attempt did not arm in time; nothing of it counts. */
  Progress callOff() {
    return atHand(attempt, Optional.empty(), Optional.empty(), armingSince, callOffs + 1, voided);
  }

  /** Found long after T0 by an operator that was away: its absence counts against no bound. */
  Progress callOffAfresh() {
    return atHand(attempt, Optional.empty(), Optional.empty(), Optional.empty(), 0, voided);
  }

  /** The load pods could not come up while nobody made them. */
  Progress awaitLoadAfresh(Instant now) {
    return withLoad(generation, Optional.of(now), 0);
  }

  /** The attempt has started and cannot be used; the step begins afresh. */
  Progress voidAttempt() {
    return atHand(attempt, Optional.empty(), Optional.empty(), Optional.empty(), 0, voided + 1);
  }

  /**
   * A load pod was lost before T0: the next generation, and the attempt is called off. The time for
   * load pods to come up counts from the first loss: those before it may have run for long.
   */
  Progress replaceLoadBeforeStart(Instant now) {
    Optional<Instant> since = lostLoads == 0 ? Optional.of(now) : loadSince;
    return callOff().nextGeneration(since, lostLoads + 1);
  }

  /** A load pod was lost in mid-step: the next generation at once. */
  Progress replaceLoadAfterVoid(Instant now) {
    return nextGeneration(Optional.of(now), 0);
  }

  private Progress nextGeneration(Optional<Instant> since, int lost) {
    return withLoad(generation + 1, since, lost);
  }

  /** The load pods have shown that they can run. */
  Progress loadHasArmed() {
    return withLoad(generation, Optional.empty(), 0);
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
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        nextStep < step ? generation + 1 : generation,
        nextStep < step ? Optional.of(now) : loadSince.map(since -> now),
        0,
        t0.flatMap(start -> stepTime.map(start::plus)).or(() -> notBefore),
        pause);
  }

  /** Asked to pause: the attempt that is under way is given up and counts against nothing. */
  public Progress suspend(Instant now) {
    return callOffAfresh().with(pause.begin(now));
  }

  /** Has its place again: the step begins afresh, with load pods of the next generation. */
  public Progress resume(Instant now) {
    return nextGeneration(Optional.of(now), 0).with(pause.end(now));
  }

  /** The same, but for what is known of the attempt at hand and of those before it. */
  private Progress atHand(
      int number,
      Optional<Instant> intended,
      Optional<Instant> start,
      Optional<Instant> arming,
      int calledOff,
      int voidOnes) {
    return new Progress(
        step,
        number,
        intended,
        start,
        arming,
        calledOff,
        voidOnes,
        generation,
        loadSince,
        lostLoads,
        notBefore,
        pause);
  }

  private Progress withLoad(int number, Optional<Instant> since, int lost) {
    return new Progress(
        step,
        attempt,
        intendedAt,
        t0,
        armingSince,
        callOffs,
        voided,
        number,
        since,
        lost,
        notBefore,
        pause);
  }

  private Progress with(Pause other) {
    return new Progress(
        step,
        attempt,
        intendedAt,
        t0,
        armingSince,
        callOffs,
        voided,
        generation,
        loadSince,
        lostLoads,
        notBefore,
        other);
  }
}
