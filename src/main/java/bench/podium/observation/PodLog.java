package bench.podium.observation;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Where a pod's log comes from: the port behind which the cluster is. */
public interface PodLog {

  /** Whose log. */
  record Source(String namespace, String pod, String container) {}

  /**
   * The log from its beginning, followed until the container ends or the connection breaks.
   *
   * @throws PodGoneException where there is no such pod any more
   * @throws IOException where it cannot be had now
   */
  Attachment attach(Source source) throws IOException;

  /** One attachment; closing it ends a read that waits. */
  interface Attachment extends Closeable {

    InputStream lines();
  }

  /** It will say nothing more, and nothing that it said can be read again. */
  final class PodGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    public PodGoneException(String pod) {
      super("no pod " + pod);
    }
  }
}
