package bench.podium.domain.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The finished attempts of one step. The latest are listed, those before them are only counted.
 *
 * @param last the latest attempts in order, at most {@value #MAX_RECORDS}
 * @param earlier number of attempts before those
 * @param earlierSent sum of the requests that the earlier attempts are known to have sent
 * @param earlierUnknown number of earlier attempts of which the number of requests is unknown
 */
public record AttemptHistory(
    List<AttemptRecord> last, int earlier, long earlierSent, int earlierUnknown) {

  public static final int MAX_RECORDS = 16;

  /** The history of a step whose first attempt is not finished. */
  public static final AttemptHistory NONE = new AttemptHistory(List.of(), 0, 0, 0);

  public AttemptHistory {
    last = List.copyOf(last);
  }

  public AttemptHistory with(AttemptRecord next) {
    List<AttemptRecord> records = new ArrayList<>(last);
    records.add(next);
    return new AttemptHistory(records, earlier, earlierSent, earlierUnknown).bounded(MAX_RECORDS);
  }

  /** The same history with at most {@code records} attempts listed. */
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
