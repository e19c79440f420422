package bench.podium.observation;

import java.io.IOException;
import java.io.InputStream;

/** What a container has written so far: the port behind which the cluster is. */
@FunctionalInterface
public interface WholeLog {

  /**
   * The log from its beginning, not followed.
   *
   * @throws IOException where it cannot be had
   */
  InputStream open(PodLog.Source source) throws IOException;
}
