package bench.podium.observation;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads the last part of a log within a timeout. */
public final class BoundedLogTail {

  private final WholeLog log;
  private final int bytes;

  /**
   * @param bytes maximum number of bytes returned
   */
  public BoundedLogTail(WholeLog log, int bytes) {
    this.log = log;
    this.bytes = bytes;
  }

  /**
   * Reads the last whole lines of the log.
   *
   * @param timeout timeout for the request and reading together
   * @throws IOException if the log cannot be read in that time
   */
  public byte[] read(PodLog.Source source, Duration timeout) throws IOException {
    FutureTask<byte[]> task = new FutureTask<>(() -> read(source));
    Thread.ofVirtual().name("log-end-" + source.pod()).start(task);
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("not read within %d s".formatted(timeout.toSeconds()), e);
    } finally {
      task.cancel(true);
    }
  }

  private byte[] read(PodLog.Source source) throws IOException {
    try (InputStream in = log.open(source)) {
      return LogEnd.of(in, bytes);
    }
  }
}
