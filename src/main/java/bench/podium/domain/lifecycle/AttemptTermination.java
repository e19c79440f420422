package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.AttemptRecord.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The current attempt, given up: the next is not scheduled before its load is over in each worker.
 *
 * @param t0 when it starts or started
 * @param loadUntil by when its load is over even in a worker that nobody can reach
 * @param givenUpAt when that was decided
 * @param generation of the workers that may have it
 * @param reason for a person
 * @param sent requests of each worker whose load is known to be over, by its index
 */
public record AttemptTermination(
    Kind kind,
    Instant t0,
    Instant loadUntil,
    Instant givenUpAt,
    int generation,
    String reason,
    Map<Integer, Long> sent) {

  /** Why it was given up, as far as it matters for what it counts. */
  public enum Kind {
    /** Not all workers armed in time: an aborted attempt, unless one of them sent. */
    ABORT("Abort"),
    /** The run does not need it any more, or nobody was there for it: it counts against nothing. */
    ABANDON("Abandon"),
    /** It cannot be used: it was counted when it was given up. */
    DISCARD("Discard");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As it stands in the API and in metric labels. */
    public String text() {
      return text;
    }
  }

  public AttemptTermination {
    sent = Collections.unmodifiableMap(new TreeMap<>(sent));
  }

  AttemptTermination withSent(Map<Integer, Long> known) {
    return new AttemptTermination(kind, t0, loadUntil, givenUpAt, generation, reason, known);
  }

  /**
   * @param total that all workers sent; absent where it is not known of one
   */
  AttemptRecord record(int attempt, Optional<Long> total) {
    boolean nothing = total.filter(count -> count == 0).isPresent();
    Outcome outcome = kind != Kind.DISCARD && nothing ? Outcome.ABORTED : Outcome.DISCARDED;
    return new AttemptRecord(attempt, outcome, total, reason);
  }
}
