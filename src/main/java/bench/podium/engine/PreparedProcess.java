package bench.podium.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A process of an engine, ready to be started.
 *
 * @param directory its working directory
 * @param output file for stdout and stderr; the process is stopped if it prints more than {@value
 *     #MAX_OUTPUT_BYTES} bytes
 * @param startGate what keeps it from sending before {@code opens}
 * @param opens when it begins to send
 * @param ends when it is stopped if it still runs
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
