package bench.podium.observation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A simulated kubelet that serves logs to the API server: each container prints one line at once,
 * and another on each call of {@link #printOn}, while its log is read.
 */
final class FakeKubelet implements AutoCloseable {

  static final String LINE = "a line\n";

  private static final String PASSWORD = "not-secret";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore lines = new Semaphore(0);
  private final AtomicInteger readers = new AtomicInteger();
  private final HttpsServer server;

  /**
   * @param folder for its certificate
   */
  FakeKubelet(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate(folder)));
    server.setExecutor(threads);
    server.createContext("/containerLogs/", this::print);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The number of logs that are being read. */
  int readers() {
    return readers.get();
  }

  /** Each container prints another line. */
  void printOn() {
    lines.release(Math.max(1, readers.get()));
  }

  private void print(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    readers.incrementAndGet();
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write(LINE.getBytes(StandardCharsets.UTF_8));
        out.flush();
        lines.acquire();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      readers.decrementAndGet();
    }
  }

  /** A certificate; the API server of the tests does not verify it. */
  private static SSLContext certificate(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve("kubelet.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "kubelet",
                "-keyalg",
                "EC",
                "-dname",
                "CN=kubelet",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
