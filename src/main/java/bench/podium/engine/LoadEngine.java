package bench.podium.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A load generator. Everything specific to one tool stays behind this interface: its command line,
 * how it waits for T0, and its output format.
 */
public interface LoadEngine {

  /**
   * Writes the tool's input files and returns the processes to start immediately, so that at T0
   * only the first request is left to do. A tool that can wait by itself is started early and
   * parked ({@link StartGate.SelfTimed}). A tool that cannot is executed at T0 ({@link
   * StartGate.StartedAtT0}), which increases the start skew.
   *
   * @param t0 start of the warm-up, or of the measured part if there is no warm-up
   * @param directory empty, and used for this attempt only
   * @throws IllegalArgumentException if this tool cannot apply such a load; the message says why
   */
  PreparedLoad prepare(Instant t0, LoadAssignment order, Path directory) throws IOException;
}
