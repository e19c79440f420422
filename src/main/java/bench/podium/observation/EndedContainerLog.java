package bench.podium.observation;

import java.io.IOException;
import java.io.InputStream;

/** Reads the log of a terminated container; an interface to the cluster. */
@FunctionalInterface
public interface EndedContainerLog {

  /**
   * The last lines, each prefixed with its timestamp and a space.
   *
   * @param previous whether to read the container's previous instance
   * @param lines maximum number of lines
   * @throws IOException if the log cannot be read
   */
  InputStream tail(PodLog.Source source, boolean previous, int lines) throws IOException;
}
