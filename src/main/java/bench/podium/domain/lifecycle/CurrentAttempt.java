package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.AttemptRecord.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * What the operator has said of the current step's attempts: of the one under way, and of those
 * before it.
 *
 * @param number from 1; 0 before the first decision to schedule. Numbers only grow, so that a
 *     worker knows the newer command
 * @param scheduledAt when it was scheduled, at least after the target's last start before it: a
 *     later start spoils the attempt; absent while none is under way
 * @param t0 when it starts; absent while none is under way
 * @param armingSince when the step was first scheduled since it last began afresh
 * @param abortedAttempts aborted attempts since {@code armingSince}
 * @param lateAborts attempts since then that were to be aborted and of which a worker sent all the
 *     same
 * @param discarded attempts of this step that count against the limit
 * @param ending of the attempt that was given up last, while its load may go on
 * @param end what ends the step, once no load is on
 * @param history attempts that are over
 */
public record CurrentAttempt(
    int number,
    Optional<Instant> scheduledAt,
    Optional<Instant> t0,
    Optional<Instant> armingSince,
    int abortedAttempts,
    int lateAborts,
    int discarded,
    Optional<AttemptTermination> ending,
    Optional<StepFailure> end,
    AttemptHistory history) {

  /** Of a step that nothing was scheduled for. */
  public static final CurrentAttempt NONE =
      new CurrentAttempt(
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          AttemptHistory.NONE);

  /** The next attempt, which starts at {@code start}. */
  CurrentAttempt schedule(Instant now, Instant start) {
    Optional<Instant> arming = armingSince.or(() -> Optional.of(now));
    return new CurrentAttempt(
        number + 1,
        Optional.of(now),
        Optional.of(start),
        arming,
        abortedAttempts,
        lateAborts,
        discarded,
        ending,
        end,
        history);
  }

  /** Nothing of it counts. Unless it only did not arm in time, the step begins afresh. */
  CurrentAttempt giveUp(AttemptTermination given) {
    CurrentAttempt step = given.kind() == AttemptTermination.Kind.ABORT ? this : afresh();
    return new CurrentAttempt(
        number,
        Optional.empty(),
        Optional.empty(),
        step.armingSince,
        step.abortedAttempts,
        step.lateAborts,
        given.kind() == AttemptTermination.Kind.DISCARD ? discarded + 1 : discarded,
        Optional.of(given),
        end,
        history);
  }

  /** What was counted towards the start of the step counts no more. */
  CurrentAttempt afresh() {
    return new CurrentAttempt(
        number, scheduledAt, t0, Optional.empty(), 0, 0, discarded, ending, end, history);
  }

  /** No other attempt follows. */
  CurrentAttempt endedBy(StepFailure what) {
    return new CurrentAttempt(
        number,
        scheduledAt,
        t0,
        armingSince,
        abortedAttempts,
        lateAborts,
        discarded,
        ending,
        Optional.of(what),
        history);
  }

  /** The load of the attempt that was given up is over in these workers. */
  CurrentAttempt note(AttemptTermination known) {
    return new CurrentAttempt(
        number,
        scheduledAt,
        t0,
        armingSince,
        abortedAttempts,
        lateAborts,
        discarded,
        Optional.of(known),
        end,
        history);
  }

  /** The load of the attempt that was given up is over everywhere. */
  CurrentAttempt conclude(AttemptRecord record) {
    boolean abort =
        ending.filter(given -> given.kind() == AttemptTermination.Kind.ABORT).isPresent();
    boolean sent = record.outcome() != Outcome.ABORTED;
    return new CurrentAttempt(
        number,
        scheduledAt,
        t0,
        armingSince,
        abort && !sent ? abortedAttempts + 1 : abortedAttempts,
        abort && sent ? lateAborts + 1 : lateAborts,
        discarded,
        Optional.empty(),
        end,
        history.with(record));
  }

  /** Attempts that did not arm in time, since the step last began afresh. */
  int notArmed() {
    return abortedAttempts + lateAborts;
  }
}
