package bench.podium.domain.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides which run may start. Only one run is active at a time, because two would disturb each
 * other's measurement; the others wait in the order in which they were queued.
 */
public final class RunQueue {

  /**
   * Up to this position a queued run shows its position; beyond it only that it is further back.
   */
  public static final int LAST_POSITION_PUBLISHED = 20;

  /** For the next run: the event that frees the slot may be missed. */
  private static final Duration HEAD_POLL_INTERVAL = Duration.ofSeconds(1);

  /** For runs that show their position, which changes with each admission. */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

  /** For all other runs: their status does not change. */
  private static final Duration FAR_POLL_INTERVAL = Duration.ofMinutes(1);

  private static final Comparator<Candidate> ORDER =
      Comparator.comparing(Candidate::madeNoProgress)
          .thenComparing(Candidate::queuedAt)
          .thenComparing(Candidate::namespace)
          .thenComparing(Candidate::name);

  private RunQueue() {}

  /**
   * A run that occupies the slot or is queued for it.
   *
   * @param queuedAt when it was queued
   * @param madeNoProgress whether it made no progress when it last occupied the slot: all others
   *     come first
   */
  public record Candidate(
      String namespace,
      String name,
      String uid,
      Instant queuedAt,
      boolean occupiesSlot,
      boolean madeNoProgress) {

    /** A run that has not failed to make progress. */
    public Candidate(
        String namespace, String name, String uid, Instant queuedAt, boolean occupiesSlot) {
      this(namespace, name, uid, queuedAt, occupiesSlot, false);
    }

    String title() {
      return namespace + "/" + name;
    }
  }

  /** Whether a run may start. */
  public sealed interface Admission {
    /** It may start. */
    record Admitted() implements Admission {}

    /**
     * It is queued.
     *
     * @param position 1 for the next
     * @param blockedBy the run that occupies the slot, or that is next
     */
    record Queued(int position, String blockedBy) implements Admission {}
  }

  /**
   * Whether the run with this uid may start.
   *
   * @param candidates all runs that occupy the slot or are queued for it, including this one
   */
  public static Admission admission(String uid, List<Candidate> candidates) {
    List<Candidate> active = candidates.stream().filter(Candidate::occupiesSlot).toList();
    List<Candidate> waiting =
        candidates.stream().filter(candidate -> !candidate.occupiesSlot()).sorted(ORDER).toList();
    int position = 1;
    for (Candidate candidate : waiting) {
      if (candidate.uid().equals(uid)) {
        break;
      }
      position++;
    }
    if (active.isEmpty() && position == 1) {
      return new Admission.Admitted();
    }
    // The next run is shown as if it occupied the slot: the others' status stays true once it does.
    return active.isEmpty()
        ? new Admission.Queued(position - 1, waiting.getFirst().title())
        : new Admission.Queued(position, active.getFirst().title());
  }

  /**
   * The run that may start next.
   *
   * @return empty while the slot is occupied, or if no run is queued
   */
  public static Optional<Candidate> next(List<Candidate> candidates) {
    return candidates.stream().anyMatch(Candidate::occupiesSlot)
        ? Optional.empty()
        : candidates.stream().min(ORDER);
  }

  /**
   * How often a queued run is reconciled at least. It costs no API request until the run may start.
   */
  public static Duration pollInterval(int position) {
    if (position <= 1) {
      return HEAD_POLL_INTERVAL;
    }
    return position <= LAST_POSITION_PUBLISHED ? POLL_INTERVAL : FAR_POLL_INTERVAL;
  }
}
