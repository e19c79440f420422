package bench.podium.domain.observation;

import java.util.List;
import java.util.Optional;

/**
 * The end of the log of a container that has terminated; secrets of the run are redacted.
 *
 * @param lastLine the line that best explains the termination, at most 256 characters: usually the
 *     last one; for a panic the line before its stack trace
 * @param lines the last 20 lines, at most 8 KiB
 */
public record LogEnd(Optional<String> lastLine, List<String> lines) {

  public LogEnd {
    lines = List.copyOf(lines);
  }

  /** The end of a log that is empty, unavailable, or must not be read. */
  public static LogEnd none() {
    return new LogEnd(Optional.empty(), List.of());
  }
}
