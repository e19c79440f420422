package bench.podium.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A process of an engine.
 *
 * @param directory its working directory
 * @param output a file that takes what it prints; at most {@value #MAX_OUTPUT_BYTES} bytes, or it
 *     is stopped
 * @param opens when it begins to send
 * @param ends when it must be over, or it is stopped
 */
public record PreparedProcess(
    List<String> command,
    Path directory,
    Path output,
    StartGate startGate,
    Instant opens,
    Instant ends) {

  public static final long MAX_OUTPUT_BYTES = 1024 * 1024;

  public PreparedProcess {
    command = List.copyOf(command);
  }
}
