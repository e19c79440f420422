package bench.podium.domain.observation;

import java.util.List;
import java.util.Optional;

/**
 * The end of the log of a container that has ended, without the run's own secrets.
 *
 * @param lastLine the line that says most about why it ended, at most 256 characters; as a rule the
 *     last, but the line of a panic before its stack
 * @param lines the last 20, at most 8 KiB
 */
public record LogEnd(Optional<String> lastLine, List<String> lines) {

  public LogEnd {
    lines = List.copyOf(lines);
  }

  /** Of a log that is empty, cannot be had, or must not be read. */
  public static LogEnd none() {
    return new LogEnd(Optional.empty(), List.of());
  }
}
