package bench.podium.observation;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of a log, read within a time of its own. */
public final class BoundedLogTail {

  private final WholeLog log;
  private final int bytes;

  /**
   * @param bytes that are kept at most
   */
  public BoundedLogTail(WholeLog log, int bytes) {
    this.log = log;
    this.bytes = bytes;
  }

  /**
   * @param atMost how long request and reading may take together
   * @throws IOException where the log cannot be had in that time
   */
  public byte[] read(PodLog.Source source, Duration atMost) throws IOException {
    FutureTask<byte[]> reading = new FutureTask<>(() -> read(source));
    Thread.ofVirtual().name("log-end-" + source.pod()).start(reading);
    try {
      return reading.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("it did not come within %d s".formatted(atMost.toSeconds()), e);
    } finally {
      reading.cancel(true);
    }
  }

  private byte[] read(PodLog.Source source) throws IOException {
    try (InputStream in = log.open(source)) {
      return LogEnd.of(in, bytes);
    }
  }
}
