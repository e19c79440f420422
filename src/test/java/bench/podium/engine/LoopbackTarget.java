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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongFunction;

/** An HTTP server on loopback with a thread per connection, which records all requests. */
public final class LoopbackTarget implements AutoCloseable {

  /** The reply to a request. */
  public sealed interface Reply {
    /** A reply with this status. */
    record Status(int code) implements Reply {}

    /** A 200 after this delay. */
    record After(long millis) implements Reply {}

    /** No reply at all. */
    record Nothing() implements Reply {}

    /** Closes the connection. */
    record Close() implements Reply {}

    /** Closes the connection after this delay. */
    record CloseAfter(long millis) implements Reply {}

    /** A reply without {@code Connection: close}, and then closes the connection. */
    record LastStatus(int code) implements Reply {}

    /** Closes all connections and accepts no more. */
    record Shutdown() implements Reply {}
  }

  /**
   * The properties of a request that a reply may depend on, without counting readiness checks.
   *
   * @param number index of the request, from 0
   * @param connection index of the connection in the order of their first requests, from 0
   * @param onConnection index of the request on its connection, from 0
   * @param millis since the first request of all
   */
  public record Arrived(long number, int connection, long onConnection, long millis) {}

  /**
   * How long a request waited.
   *
   * @param ended when it was answered or its connection closed; absent while it waits
   */
  public record Served(Instant arrived, Optional<Instant> ended) {}

  /** A request as it arrived. */
  public record Request(Instant arrived, String line, String head, String body) {}

  private final ServerSocket server;
  private final Function<Arrived, Reply> replies;
  private final AtomicLong count = new AtomicLong();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicReference<Instant> first = new AtomicReference<>();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Instant> connected = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  /**
   * @param replies by the index of the request, from 0, without counting readiness checks
   */
  public LoopbackTarget(LongFunction<Reply> replies) {
    this(replies, Optional.empty());
  }

  private LoopbackTarget(
      LongFunction<Reply> byNumber, Optional<Function<Arrived, Reply>> byArrival) {
    this.replies = byArrival.orElse(arrived -> byNumber.apply(arrived.number()));
    try {
      server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /** A target whose replies depend on more than the index of the request. */
  public static LoopbackTarget by(Function<Arrived, Reply> replies) {
    return new LoopbackTarget(_ -> new Reply.Nothing(), Optional.of(replies));
  }

  public static LoopbackTarget answering() {
    return new LoopbackTarget(_ -> new Reply.Status(200));
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** All requests so far, without readiness checks. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The waits of all requests so far, in any order and without readiness checks. */
  public List<Served> served() {
    return waiting.stream()
        .map(each -> new Served(each.arrived, Optional.ofNullable(each.ended.get())))
        .toList();
  }

  /** When each connection was accepted. */
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
      Connection connection = new Connection(socket);
      boolean open = true;
      while (open) {
        int begin = in.read();
        Instant arrived = Instant.now();
        open = begin >= 0 && answer(connection, read(arrived, begin, in));
      }
    } catch (IOException e) {
      // The client closed the connection.
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

  private record Waiting(Instant arrived, AtomicReference<Instant> ended) {}

  /** A connection; it gets its index with its first request. */
  private static final class Connection {

    private final Socket socket;
    private int number = -1;
    private long requests;

    Connection(Socket socket) {
      this.socket = socket;
    }
  }

  private Arrived arrived(Connection connection, Request request) {
    if (connection.number < 0) {
      connection.number = connections.getAndIncrement();
    }
    first.compareAndSet(null, request.arrived());
    long millis = Duration.between(first.get(), request.arrived()).toMillis();
    return new Arrived(count.getAndIncrement(), connection.number, connection.requests++, millis);
  }

  private boolean answer(Connection connection, Request request) throws IOException {
    boolean readiness = request.line().contains(" /ready ");
    boolean closes = request.head().contains("Connection: close");
    if (readiness) {
      return send(connection.socket, 204, closes);
    }
    Reply reply = replies.apply(arrived(connection, request));
    requests.add(request);
    AtomicReference<Instant> ended = new AtomicReference<>();
    waiting.add(new Waiting(request.arrived(), ended));
    boolean open = answer(connection.socket, reply, closes);
    if (!(reply instanceof Reply.Nothing)) {
      ended.set(Instant.now());
    }
    return open;
  }

  private boolean answer(Socket socket, Reply reply, boolean closes) throws IOException {
    return switch (reply) {
      case Reply.Status(int code) -> send(socket, code, closes);
      case Reply.After(long millis) -> {
        pause(millis);
        yield send(socket, 200, closes);
      }
      case Reply.Nothing() -> true;
      case Reply.Close() -> false;
      case Reply.CloseAfter(long millis) -> {
        pause(millis);
        yield false;
      }
      case Reply.LastStatus(int code) -> {
        send(socket, code, closes);
        yield false;
      }
      case Reply.Shutdown() -> {
        close();
        yield false;
      }
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
