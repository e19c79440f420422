package bench.podium.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/** An HTTP server on loopback, a thread a connection, that remembers what arrived and when. */
public final class LoopbackTarget implements AutoCloseable {

  /** What a request gets. */
  public sealed interface Reply {
    /** A reply with this status. */
    record Status(int code) implements Reply {}

    /** A 200 after this time. */
    record After(long millis) implements Reply {}

    /** Never anything. */
    record Nothing() implements Reply {}

    /** The end of the connection. */
    record Close() implements Reply {}
  }

  /** As it arrived; of a request with a body both. */
  public record Request(Instant arrived, String line, String head, String body) {}

  private final ServerSocket server;
  private final LongFunction<Reply> replies;
  private final AtomicLong count = new AtomicLong();
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Instant> connected = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  /**
   * @param replies by the number of the request, from 0; readiness checks have none
   */
  public LoopbackTarget(LongFunction<Reply> replies) {
    this.replies = replies;
    try {
      server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::accept);
  }

  public static LoopbackTarget answering() {
    return new LoopbackTarget(_ -> new Reply.Status(200));
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Without readiness checks. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** When each connection was taken. */
  public List<Instant> connected() {
    return List.copyOf(connected);
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        connected.add(Instant.now());
        sockets.add(socket);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean open = true;
      while (open) {
        int first = in.read();
        Instant arrived = Instant.now();
        open = first >= 0 && answer(socket, read(arrived, first, in));
      }
    } catch (IOException e) {
      // The other side is gone, which is its right.
    }
  }

  private static Request read(Instant arrived, int first, InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("a request without an end");
      }
      bytes.write(next);
    }
    String head = bytes.toString(StandardCharsets.ISO_8859_1);
    int length =
        head.lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring(16)))
            .findFirst()
            .orElse(0);
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(arrived, head.lines().findFirst().orElseThrow(), head, body);
  }

  private boolean answer(Socket socket, Request request) throws IOException {
    boolean readiness = request.line().contains(" /ready ");
    Reply reply = new Reply.Status(204);
    if (!readiness) {
      reply = replies.apply(count.getAndIncrement());
      requests.add(request);
    }
    boolean closes = request.head().contains("Connection: close");
    return switch (reply) {
      case Reply.Status(int code) -> send(socket, code, closes);
      case Reply.After(long millis) -> {
        pause(millis);
        yield send(socket, 200, closes);
      }
      case Reply.Nothing() -> true;
      case Reply.Close() -> false;
    };
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static boolean send(Socket socket, int code, boolean closes) throws IOException {
    String connection = closes ? "Connection: close\r\n" : "";
    String text =
        code == 204
            ? "HTTP/1.1 204 No Content\r\n" + connection + "\r\n"
            : "HTTP/1.1 " + code + " X\r\n" + connection + "Content-Length: 2\r\n\r\nok";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return !closes;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
