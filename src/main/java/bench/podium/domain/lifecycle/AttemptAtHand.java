package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.AttemptHistory;
import bench.podium.domain.judge.AttemptRecord;
import bench.podium.domain.judge.AttemptRecord.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * What the operator has said of the current step's attempts: of the one under way, and of those
 * before it.
 *
 * @param number from 1; 0 before the first intention. Numbers only grow, so that a load pod knows
 *     the newer command
 * @param intendedAt when it was intended, at least after the target's last start before it: a later
 *     start spoils the attempt; absent while none is under way
 * @param t0 when it starts; absent while none is under way
 * @param armingSince when the step was first intended since it last began afresh
 * @param callOffs aborted attempts since {@code armingSince}
 * @param lateAborts attempts since then that were to be aborted and of which a worker sent all the
 *     same
 * @param voided attempts of this step that count against the limit
 * @param ending of the attempt that was given up last, while its load may go on
 * @param end what ends the step, once no load is on
 * @param history attempts that are over
 */
public record AttemptAtHand(
    int number,
    Optional<Instant> intendedAt,
    Optional<Instant> t0,
    Optional<Instant> armingSince,
    int callOffs,
    int lateAborts,
    int voided,
    Optional<Ending> ending,
    Optional<StepEnd> end,
    AttemptHistory history) {

  /** Of a step that nothing was intended for. */
  public static final AttemptAtHand NONE =
      new AttemptAtHand(
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
  AttemptAtHand intend(Instant now, Instant start) {
    Optional<Instant> arming = armingSince.or(() -> Optional.of(now));
    return new AttemptAtHand(
        number + 1,
        Optional.of(now),
        Optional.of(start),
        arming,
        callOffs,
        lateAborts,
        voided,
        ending,
        end,
        history);
  }

  /** Nothing of it counts. Unless it only did not arm in time, the step begins afresh. */
  AttemptAtHand giveUp(Ending given) {
    AttemptAtHand step = given.kind() == Ending.Kind.ABORT ? this : afresh();
    return new AttemptAtHand(
        number,
        Optional.empty(),
        Optional.empty(),
        step.armingSince,
        step.callOffs,
        step.lateAborts,
        given.kind() == Ending.Kind.DISCARD ? voided + 1 : voided,
        Optional.of(given),
        end,
        history);
  }

  /** What was counted towards the start of the step counts no more. */
  AttemptAtHand afresh() {
    return new AttemptAtHand(
        number, intendedAt, t0, Optional.empty(), 0, 0, voided, ending, end, history);
  }

  /** No other attempt follows. */
  AttemptAtHand endedBy(StepEnd what) {
    return new AttemptAtHand(
        number,
        intendedAt,
        t0,
        armingSince,
        callOffs,
        lateAborts,
        voided,
        ending,
        Optional.of(what),
        history);
  }

  /** The load of the attempt that was given up is over in these workers. */
  AttemptAtHand note(Ending known) {
    return new AttemptAtHand(
        number,
        intendedAt,
        t0,
        armingSince,
        callOffs,
        lateAborts,
        voided,
        Optional.of(known),
        end,
        history);
  }

  /** The load of the attempt that was given up is over everywhere. */
  AttemptAtHand conclude(AttemptRecord record) {
    boolean abort = ending.filter(given -> given.kind() == Ending.Kind.ABORT).isPresent();
    boolean sent = record.outcome() != Outcome.ABORTED;
    return new AttemptAtHand(
        number,
        intendedAt,
        t0,
        armingSince,
        abort && !sent ? callOffs + 1 : callOffs,
        abort && sent ? lateAborts + 1 : lateAborts,
        voided,
        Optional.empty(),
        end,
        history.with(record));
  }

  /** Attempts that did not arm in time, since the step last began afresh. */
  int notArmed() {
    return callOffs + lateAborts;
  }
}
