package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.AttemptRecord.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A terminated attempt whose load may still be running. The next attempt is not scheduled before
 * its load has ended in every worker.
 *
 * @param t0 start of the attempt
 * @param loadUntil when its load has ended even in a worker that cannot be reached
 * @param givenUpAt when the termination was decided
 * @param generation generation of the workers that may run it
 * @param reason message that says why it was terminated
 * @param sent number of requests of each worker whose load is known to have ended, by the worker's
 *     index
 */
public record AttemptTermination(
    Kind kind,
    Instant t0,
    Instant loadUntil,
    Instant givenUpAt,
    int generation,
    String reason,
    Map<Integer, Long> sent) {

  /** Why it was terminated, which decides against which bound it counts. */
  public enum Kind {
    /** Not all workers were armed in time. It counts as aborted, unless a worker sent requests. */
    ABORT("Abort"),
    /** The run no longer needs it, or no operator was running: it counts against no bound. */
    ABANDON("Abandon"),
    /** Its measurement cannot be used: it was counted when it was terminated. */
    DISCARD("Discard");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The spelling in the API and in metric labels. */
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
   * The history's record of this attempt.
   *
   * @param total number of requests of all workers; absent where it is unknown for one
   */
  AttemptRecord record(int attempt, Optional<Long> total) {
    boolean nothing = total.filter(count -> count == 0).isPresent();
    Outcome outcome = kind != Kind.DISCARD && nothing ? Outcome.ABORTED : Outcome.DISCARDED;
    return new AttemptRecord(attempt, outcome, total, reason);
  }
}
