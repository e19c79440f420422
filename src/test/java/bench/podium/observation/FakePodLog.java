package bench.podium.observation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A simulated pod log: each attachment reads it from the beginning and follows it until it is
 * disconnected.
 */
final class FakePodLog implements PodLog {

  private static final String END = "";

  private final List<String> lines = new ArrayList<>();
  private final List<Stream> streams = new ArrayList<>();
  private boolean refuses;
  private boolean gone;

  /** The pod prints a line. */
  synchronized void print(String line) {
    lines.add(line);
    streams.forEach(stream -> stream.queue.add(line));
  }

  /** Breaks all connections. */
  synchronized void disconnect() {
    List.copyOf(streams).forEach(Stream::close);
  }

  synchronized void refuse(boolean now) {
    refuses = now;
  }

  /** Deletes the pod. */
  synchronized void delete() {
    gone = true;
  }

  /** The number of open attachments. */
  synchronized int attached() {
    return streams.size();
  }

  @Override
  public synchronized Attachment attach(Source source) throws IOException {
    if (gone) {
      throw new PodGoneException(source.pod());
    }
    if (refuses) {
      throw new IOException("container is not there");
    }
    Stream stream = new Stream();
    stream.queue.addAll(lines);
    streams.add(stream);
    return stream;
  }

  private synchronized void closed(Stream stream) {
    streams.remove(stream);
  }

  private final class Stream extends InputStream implements Attachment {
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private byte[] current = new byte[0];
    private int at;
    private boolean ended;

    @Override
    public InputStream lines() {
      return this;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (at == current.length && !next()) {
        return -1;
      }
      int count = Math.min(length, current.length - at);
      System.arraycopy(current, at, bytes, offset, count);
      at += count;
      return count;
    }

    private boolean next() throws IOException {
      try {
        String line = ended ? END : queue.take();
        ended = line.equals(END);
        current = ended ? new byte[0] : (line + "\n").getBytes(StandardCharsets.UTF_8);
        at = 0;
        return !ended;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    @Override
    public void close() {
      closed(this);
      queue.add(END);
    }
  }
}
