package bench.podium.domain.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The attempts at one step that are over. The last ones stand one by one, those before them in
 * numbers.
 *
 * @param last in order, at most {@value #MAX_RECORDS}
 * @param earlier attempts before those
 * @param earlierSent requests that these are known to have sent, all together
 * @param earlierUnknown how many of them sent nobody knows how much
 */
public record AttemptHistory(
    List<AttemptRecord> last, int earlier, long earlierSent, int earlierUnknown) {

  public static final int MAX_RECORDS = 16;

  /** Of a step whose first attempt is not over. */
  public static final AttemptHistory NONE = new AttemptHistory(List.of(), 0, 0, 0);

  public AttemptHistory {
    last = List.copyOf(last);
  }

  /** With one more. */
  public AttemptHistory with(AttemptRecord next) {
    List<AttemptRecord> records = new ArrayList<>(last);
    records.add(next);
    return new AttemptHistory(records, earlier, earlierSent, earlierUnknown).bounded(MAX_RECORDS);
  }

  /** The same with at most so many attempts one by one. */
  public AttemptHistory bounded(int records) {
    if (last.size() <= records) {
      return this;
    }
    Optional<Long> sent = last.getFirst().sent();
    return new AttemptHistory(
            last.subList(1, last.size()),
            earlier + 1,
            earlierSent + sent.orElse(0L),
            earlierUnknown + (sent.isPresent() ? 0 : 1))
        .bounded(records);
  }
}
