package bench.podium.observation;

import java.io.IOException;
import java.io.InputStream;

/** The log of a container that has ended: the port behind which the cluster is. */
@FunctionalInterface
public interface EndedContainerLog {

  /**
   * The last lines, each behind the time at which it was written and a blank.
   *
   * @param before of the run before the container's present one
   * @param lines how many at most
   * @throws IOException where they cannot be had
   */
  InputStream tail(PodLog.Source source, boolean before, int lines) throws IOException;
}
