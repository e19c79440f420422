package bench.podium.domain.observation;

import bench.podium.domain.evaluation.Row;
import java.util.List;
import java.util.Optional;

/**
 * The recorded steps of a run.
 *
 * @param rows one for each recorded step that can be read, in the order of the steps
 * @param unreadable message that says which records cannot be read and what to do; absent where all
 *     can
 * @param unwritten why the last attempt to write a step failed; absent where it succeeded
 */
public record RecordedSteps(
    List<Row> rows, Optional<String> unreadable, Optional<Problem> unwritten) {

  public RecordedSteps {
    rows = List.copyOf(rows);
  }

  /** Records that can all be read and written. */
  public static RecordedSteps of(List<Row> rows) {
    return new RecordedSteps(rows, Optional.empty(), Optional.empty());
  }
}
