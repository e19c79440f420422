package bench.podium.domain.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whose turn it is: one run at a time, since two would disturb each other's numbers; the others
 * wait in the order in which they asked.
 */
public final class RunQueue {

  /** Up to this position a waiting run is told its own; beyond it only that it is beyond. */
  public static final int LAST_POSITION_PUBLISHED = 20;

  /** The head looks again this often by itself: an event that frees the place may be missed. */
  private static final Duration HEAD_POLL_INTERVAL = Duration.ofSeconds(1);

  /** Those that are told their position, which changes with each admission. */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

  /** All others, of which nothing changes. */
  private static final Duration FAR_POLL_INTERVAL = Duration.ofMinutes(1);

  private static final Comparator<Candidate> ORDER =
      Comparator.comparing(Candidate::isBehind)
          .thenComparing(Candidate::askedAt)
          .thenComparing(Candidate::namespace)
          .thenComparing(Candidate::name);

  private RunQueue() {}

  /**
   * A run that has the place or wants it.
   *
   * @param isBehind whether it made no progress when it last had the place: all others come first
   */
  public record Candidate(
      String namespace,
      String name,
      String uid,
      Instant askedAt,
      boolean occupiesSlot,
      boolean isBehind) {

    /** One that has not been tried in vain. */
    public Candidate(
        String namespace, String name, String uid, Instant askedAt, boolean occupiesSlot) {
      this(namespace, name, uid, askedAt, occupiesSlot, false);
    }

    String title() {
      return namespace + "/" + name;
    }
  }

  /** What a run is told. */
  public sealed interface Turn {
    /** It may start. */
    record Now() implements Turn {}

    /**
     * It waits.
     *
     * @param position 1 for the next
     * @param behind the run that has the place, or whose turn it is
     */
    record Later(int position, String behind) implements Turn {}
  }

  /**
   * @param candidates all that hold the place or wait for it, this one among them
   */
  public static Turn turn(String uid, List<Candidate> candidates) {
    List<Candidate> holding = candidates.stream().filter(Candidate::occupiesSlot).toList();
    List<Candidate> waiting =
        candidates.stream().filter(candidate -> !candidate.occupiesSlot()).sorted(ORDER).toList();
    int position = 1;
    for (Candidate candidate : waiting) {
      if (candidate.uid().equals(uid)) {
        break;
      }
      position++;
    }
    if (holding.isEmpty() && position == 1) {
      return new Turn.Now();
    }
    // Whose turn it is has as good as got the place: what the others are told stays true with that.
    return holding.isEmpty()
        ? new Turn.Later(position - 1, waiting.getFirst().title())
        : new Turn.Later(position, holding.getFirst().title());
  }

  /**
   * Whose turn it is.
   *
   * @return empty while the place is taken, or nobody waits
   */
  public static Optional<Candidate> next(List<Candidate> candidates) {
    return candidates.stream().anyMatch(Candidate::occupiesSlot)
        ? Optional.empty()
        : candidates.stream().min(ORDER);
  }

  /** When a waiting run looks again at the latest. It costs no request until its turn has come. */
  public static Duration look(int position) {
    if (position <= 1) {
      return HEAD_POLL_INTERVAL;
    }
    return position <= LAST_POSITION_PUBLISHED ? POLL_INTERVAL : FAR_POLL_INTERVAL;
  }
}
