package bench.podium.domain.observation;

import bench.podium.domain.evaluation.Row;
import java.util.List;
import java.util.Optional;

/**
 * What stands written of a run's steps.
 *
 * @param rows one for each step that is recorded and can be read, in the order of the steps
 * @param unreadable what cannot be read of them and what to do, for a person
 * @param unwritten why a step could not be written when that was last tried
 */
public record RecordedSteps(
    List<Row> rows, Optional<String> unreadable, Optional<Problem> unwritten) {

  public RecordedSteps {
    rows = List.copyOf(rows);
  }

  /** Where nothing stands in the way. */
  public static RecordedSteps of(List<Row> rows) {
    return new RecordedSteps(rows, Optional.empty(), Optional.empty());
  }
}
