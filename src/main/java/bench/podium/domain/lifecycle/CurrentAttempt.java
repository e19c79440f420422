package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.AttemptRecord.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * The attempts of the current step, as the operator has written them into the status: the one in
 * progress, and those before it.
 *
 * @param number from 1; 0 before the first attempt is scheduled. Numbers only grow, so that a
 *     worker can tell which command is newer
 * @param scheduledAt when it was scheduled, and always later than the target's last start before
 *     it: a later start of the target invalidates the attempt; absent while none is in progress
 * @param t0 when it starts; absent while none is in progress
 * @param armingSince when the first of the attempts was scheduled that count against the time for
 *     arming
 * @param abortedAttempts number of aborted attempts since {@code armingSince}
 * @param lateAborts number of attempts since then that were to be aborted, but in which a worker
 *     sent requests
 * @param discarded number of attempts of this step that count against the limit
 * @param ending termination of the last attempt, while its load may still be running
 * @param end what is done with the step once no load is running; absent unless it has failed
 * @param history finished attempts
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

  /** The state of a step for which no attempt was scheduled. */
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

  /** Schedules the next attempt, which starts at {@code start}. */
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

  /**
   * Terminates the attempt. Unless it was only not armed in time, the time for arming starts again.
   */
  CurrentAttempt terminate(AttemptTermination termination) {
    CurrentAttempt step =
        termination.kind() == AttemptTermination.Kind.ABORT ? this : restartArming();
    return new CurrentAttempt(
        number,
        Optional.empty(),
        Optional.empty(),
        step.armingSince,
        step.abortedAttempts,
        step.lateAborts,
        termination.kind() == AttemptTermination.Kind.DISCARD ? discarded + 1 : discarded,
        Optional.of(termination),
        end,
        history);
  }

  /** Restarts the time for arming: attempts that were not armed before count no more. */
  CurrentAttempt restartArming() {
    return new CurrentAttempt(
        number, scheduledAt, t0, Optional.empty(), 0, 0, discarded, ending, end, history);
  }

  /** No further attempt follows. */
  CurrentAttempt failWith(StepFailure failure) {
    return new CurrentAttempt(
        number,
        scheduledAt,
        t0,
        armingSince,
        abortedAttempts,
        lateAborts,
        discarded,
        ending,
        Optional.of(failure),
        history);
  }

  /** The load of the terminated attempt has ended in some more workers. */
  CurrentAttempt updateTermination(AttemptTermination updated) {
    return new CurrentAttempt(
        number,
        scheduledAt,
        t0,
        armingSince,
        abortedAttempts,
        lateAborts,
        discarded,
        Optional.of(updated),
        end,
        history);
  }

  /** The load of the terminated attempt has ended in all workers. */
  CurrentAttempt completeTermination(AttemptRecord record) {
    boolean wasAbort =
        ending
            .filter(termination -> termination.kind() == AttemptTermination.Kind.ABORT)
            .isPresent();
    boolean sent = record.outcome() != Outcome.ABORTED;
    return new CurrentAttempt(
        number,
        scheduledAt,
        t0,
        armingSince,
        wasAbort && !sent ? abortedAttempts + 1 : abortedAttempts,
        wasAbort && sent ? lateAborts + 1 : lateAborts,
        discarded,
        Optional.empty(),
        end,
        history.with(record));
  }

  /** Number of attempts since {@code armingSince} that were not armed in time. */
  int unarmedAttempts() {
    return abortedAttempts + lateAborts;
  }
}
