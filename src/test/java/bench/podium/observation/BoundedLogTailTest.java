package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoundedLogTailTest {

  private static final PodLog.Source SOURCE = new PodLog.Source("bench", "gin-pod", "target");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @Test
  void returnsTheEndOfTheLog() throws IOException {
    // Given
    BoundedLogTail end = new BoundedLogTail(source -> text("one\ntwo\nthree\n"), 11);

    // When
    byte[] read = end.read(SOURCE, TIMEOUT);

    // Then
    assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo("two\nthree\n");
  }

  @Test
  void reportsWhyALogCannotBeRead() {
    // Given
    BoundedLogTail end =
        new BoundedLogTail(
            source -> {
              throw new IOException("no node");
            },
            10);

    // When / Then
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> end.read(SOURCE, TIMEOUT))
        .withMessage("no node");
  }

  @Test
  void closesASilentLogAtTheTimeout() throws InterruptedException {
    // Given
    CountDownLatch closed = new CountDownLatch(1);
    BoundedLogTail end = new BoundedLogTail(source -> new Stalled(closed), 10);

    // When / Then
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> end.read(SOURCE, Duration.ofMillis(50)))
        .withMessageContaining("not read within");
    assertThat(closed.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A response whose headers arrived, but no content. */
  private static final class Stalled extends InputStream {

    private final CountDownLatch closed;

    Stalled(CountDownLatch closed) {
      this.closed = closed;
    }

    @Override
    public int read() throws IOException {
      try {
        closed.await();
        return -1;
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return read();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
