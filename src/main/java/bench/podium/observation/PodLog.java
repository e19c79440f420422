package bench.podium.observation;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Follows the logs of pods; an interface to the cluster. */
public interface PodLog {

  /** The container that writes the log. */
  record Source(String namespace, String pod, String container) {}

  /**
   * Opens the log from its beginning and follows it until the container ends or the connection
   * breaks.
   *
   * @throws PodGoneException if the pod does not exist any more
   * @throws IOException if the log cannot be opened at the moment
   */
  Attachment attach(Source source) throws IOException;

  /** An open log stream; closing it ends a blocked read. */
  interface Attachment extends Closeable {

    InputStream lines();
  }

  /** The pod was deleted, and its log with it. */
  final class PodGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    public PodGoneException(String pod) {
      super("no pod " + pod);
    }
  }
}
