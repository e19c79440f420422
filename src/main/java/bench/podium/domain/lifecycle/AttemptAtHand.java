package bench.podium.domain.lifecycle;

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
 * @param callOffs since {@code armingSince}
 * @param voided attempts of this step that count against the limit
 */
public record AttemptAtHand(
    int number,
    Optional<Instant> intendedAt,
    Optional<Instant> t0,
    Optional<Instant> armingSince,
    int callOffs,
    int voided) {

  /** Of a step that nothing was intended for. */
  public static final AttemptAtHand NONE =
      new AttemptAtHand(0, Optional.empty(), Optional.empty(), Optional.empty(), 0, 0);

  /** The next attempt, which starts at {@code start}. */
  AttemptAtHand intend(Instant now, Instant start) {
    Optional<Instant> arming = armingSince.or(() -> Optional.of(now));
    return new AttemptAtHand(
        number + 1, Optional.of(now), Optional.of(start), arming, callOffs, voided);
  }

  /** It did not arm in time; nothing of it counts. */
  AttemptAtHand callOff() {
    return new AttemptAtHand(
        number, Optional.empty(), Optional.empty(), armingSince, callOffs + 1, voided);
  }

  /** Nothing of it counts, against no bound either: the step begins afresh. */
  AttemptAtHand callOffAfresh() {
    return new AttemptAtHand(
        number, Optional.empty(), Optional.empty(), Optional.empty(), 0, voided);
  }

  /** It has started and cannot be used; the step begins afresh. */
  AttemptAtHand voidIt() {
    return new AttemptAtHand(
        number, Optional.empty(), Optional.empty(), Optional.empty(), 0, voided + 1);
  }
}
