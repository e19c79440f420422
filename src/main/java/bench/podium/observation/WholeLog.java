package bench.podium.observation;

import java.io.IOException;
import java.io.InputStream;

/** Reads what a container has logged so far; an interface to the cluster. */
@FunctionalInterface
public interface WholeLog {

  /**
   * Opens the log from its beginning, without following it.
   *
   * @throws IOException if the log cannot be read
   */
  InputStream open(PodLog.Source source) throws IOException;
}
