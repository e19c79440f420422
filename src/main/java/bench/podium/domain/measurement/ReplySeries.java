package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Number of replies in each time slot of the measured part. Replies after the last slot count in
 * it.
 *
 * @param slot length of a time slot: {@link #FINE}, or {@link #COARSE} for stages longer than
 *     {@link #FINE_UP_TO}
 * @param counts one for each time slot, in order; empty where the engine provides none
 */
public record ReplySeries(Duration slot, List<Long> counts) {

  public static final Duration FINE = Duration.ofMillis(100);
  public static final Duration COARSE = Duration.ofSeconds(1);

  /** Longer stages have slots of {@link #COARSE}. */
  public static final Duration FINE_UP_TO = Duration.ofMinutes(10);

  /** A day in slots of a second; longer stages have no series. */
  public static final int MAX_SLOTS = 86_400;

  private static final ReplySeries NONE = new ReplySeries(FINE, List.of());

  public ReplySeries {
    counts = List.copyOf(counts);
  }

  /** The series of an engine that provides none. */
  public static ReplySeries none() {
    return NONE;
  }

  /** The length of a slot for a stage of this duration. */
  public static Duration slotOf(Duration stage) {
    return stage.compareTo(FINE_UP_TO) <= 0 ? FINE : COARSE;
  }

  /** Number of slots of a stage of this duration; 0 where it is too long for a series. */
  public static int slotsOf(Duration stage) {
    Duration slot = slotOf(stage);
    long slots = Math.ceilDiv(stage.toNanos(), slot.toNanos());
    return slots > MAX_SLOTS ? 0 : (int) slots;
  }

  /** Adds up the series of several workers of one step. */
  static ReplySeries merge(Collection<ReplySeries> parts) {
    List<Long> sums = new ArrayList<>();
    Duration slot = FINE;
    for (ReplySeries part : parts) {
      slot = part.counts.isEmpty() ? slot : part.slot;
      for (int i = 0; i < part.counts.size(); i++) {
        if (i == sums.size()) {
          sums.add(0L);
        }
        sums.set(i, sums.get(i) + part.counts.get(i));
      }
    }
    return new ReplySeries(slot, sums);
  }

  /** Number of replies in each whole second. */
  public List<Long> perSecond() {
    int slots = (int) (COARSE.toNanos() / slot.toNanos());
    List<Long> seconds = new ArrayList<>();
    for (int from = 0; from + slots <= counts.size(); from += slots) {
      seconds.add(counts.subList(from, from + slots).stream().mapToLong(Long::longValue).sum());
    }
    return Collections.unmodifiableList(seconds);
  }
}
