package bench.podium.worker;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks a target with one GET over a new connection; any HTTP status counts as an answer.
 * Implemented on a socket, because loading an HTTP client would dominate the worker's start-up
 * time.
 */
final class HttpReadiness {

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] \\d{3}.*");
  private static final int STATUS_LENGTH = "HTTP/1.1 200".length();
  private static final int DEFAULT_PORT = 80;

  private final Duration timeout;

  /**
   * @param timeout for the whole request, without name resolution
   */
  HttpReadiness(Duration timeout) {
    this.timeout = timeout;
  }

  /** Why the request got no answer, with its URL; empty if it was answered. */
  Optional<String> problem(URI target, String path) {
    return request(target, path)
        .map(why -> "GET http://" + target.getRawAuthority() + path + ": " + why);
  }

  private Optional<String> request(URI target, String path) {
    int port = target.getPort() < 0 ? DEFAULT_PORT : target.getPort();
    long end = System.nanoTime() + timeout.toNanos();
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(target.getHost(), port);
      if (address.isUnresolved()) {
        return Optional.of("the name " + target.getHost() + " cannot be resolved");
      }
      socket.connect(address, remainingMillis(end));
      String requestText =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(path, target.getRawAuthority());
      socket.getOutputStream().write(requestText.getBytes(StandardCharsets.UTF_8));
      String status = status(socket, end);
      return STATUS_LINE.matcher(status).matches()
          ? Optional.empty()
          : Optional.of("no HTTP status, but \"" + status + "\"");
    } catch (SocketTimeoutException e) {
      return Optional.of("no answer within " + timeout.toMillis() + " ms");
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static String status(Socket socket, long end) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder status = new StringBuilder();
    while (status.length() < STATUS_LENGTH) {
      socket.setSoTimeout(remainingMillis(end));
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection was closed without an answer");
      }
      // Non-printable characters could break the log line that quotes the status.
      status.append(next < ' ' || next > '~' ? '?' : (char) next);
    }
    return status.toString();
  }

  private static int remainingMillis(long end) throws SocketTimeoutException {
    long millis = (end - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) millis;
  }
}
