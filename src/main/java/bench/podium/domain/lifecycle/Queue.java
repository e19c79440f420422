package bench.podium.domain.lifecycle;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Whose turn it is: one run at a time, since two would disturb each other's numbers; the others
 * wait in the order in which they asked.
 */
public final class Queue {

  private static final Comparator<Candidate> ORDER =
      Comparator.comparing(Candidate::askedAt)
          .thenComparing(Candidate::namespace)
          .thenComparing(Candidate::name);

  private Queue() {}

  /** A run that has the place or wants it. */
  public record Candidate(
      String namespace, String name, String uid, Instant askedAt, boolean holdsPlace) {

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
     * @param behind the run that has the place or is first in the queue
     */
    record Later(int position, String behind) implements Turn {}
  }

  /**
   * @param candidates all that hold the place or wait for it, this one among them
   */
  public static Turn turn(String uid, List<Candidate> candidates) {
    List<Candidate> holding = candidates.stream().filter(Candidate::holdsPlace).toList();
    List<Candidate> waiting =
        candidates.stream().filter(candidate -> !candidate.holdsPlace()).sorted(ORDER).toList();
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
    Candidate first = holding.isEmpty() ? waiting.getFirst() : holding.getFirst();
    return new Turn.Later(position, first.title());
  }
}
