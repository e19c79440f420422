package bench.podium.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A tool that applies load. All that is special about a tool stays behind this interface: its
 * command line, how it waits for T0, what it prints.
 */
public interface LoadEngine {

  /**
   * Writes what the tool needs and says which processes are to be started at once, so that nothing
   * but the passing of T0 is left to do: a tool that can wait inside itself is loaded, started and
   * parked ({@link StartGate.SelfTimed}); one that cannot is executed at T0 ({@link
   * StartGate.StartedAtT0}), and the skew shows it.
   *
   * @param t0 when the warm-up, or without one the measured part, begins
   * @param directory empty and for this attempt alone
   * @throws IllegalArgumentException where this tool cannot apply such a load, saying why
   */
  PreparedLoad startGate(Instant t0, LoadAssignment order, Path directory) throws IOException;
}
