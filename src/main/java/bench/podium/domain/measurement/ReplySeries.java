package bench.podium.domain.measurement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * How many replies came in each slot of the measured part, in order. What came after the last slot
 * counts in it.
 *
 * @param slot length of a slot: {@link #FINE}, or {@link #COARSE} for stages longer than {@link
 *     #FINE_UP_TO}
 * @param counts one a slot; empty where the engine gives none
 */
public record ReplySeries(Duration slot, List<Long> counts) {

  public static final Duration FINE = Duration.ofMillis(100);
  public static final Duration COARSE = Duration.ofSeconds(1);

  /** Longer stages are kept by the second. */
  public static final Duration FINE_UP_TO = Duration.ofMinutes(10);

  /** A day by the second; longer stages have no series. */
  public static final int MAX_SLOTS = 86_400;

  private static final ReplySeries NONE = new ReplySeries(FINE, List.of());

  public ReplySeries {
    counts = List.copyOf(counts);
  }

  /** Of an engine that tells only the whole. */
  public static ReplySeries none() {
    return NONE;
  }

  /** The length of a slot for a stage of this length. */
  public static Duration slotOf(Duration stage) {
    return stage.compareTo(FINE_UP_TO) <= 0 ? FINE : COARSE;
  }

  /** How many slots a stage of this length has; 0 where it is too long to have a series. */
  public static int slotsOf(Duration stage) {
    Duration slot = slotOf(stage);
    long slots = Math.ceilDiv(stage.toNanos(), slot.toNanos());
    return slots > MAX_SLOTS ? 0 : (int) slots;
  }

  /** Of several workers of one step. */
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

  /** Replies in each whole second. */
  public List<Long> perSecond() {
    int slots = (int) (COARSE.toNanos() / slot.toNanos());
    List<Long> seconds = new ArrayList<>();
    for (int from = 0; from + slots <= counts.size(); from += slots) {
      seconds.add(counts.subList(from, from + slots).stream().mapToLong(Long::longValue).sum());
    }
    return Collections.unmodifiableList(seconds);
  }
}
