package bench.podium.aot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Trains the operator's AOT cache: the operator carries out a run on a cluster that this program
 * simulates. The operator itself has no special mode for that.
 */
public final class OperatorTraining {

  private static final long RUN_SECONDS = 120;
  private static final String PASSWORD = "training";
  private static final List<String> PATHS_POLLED_IN_PRODUCTION =
      List.of("q/health/started", "q/health/live", "q/health/ready", "metrics");

  private OperatorTraining() {}

  /**
   * @param arguments the cache file to write, then the operator's command
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("training");
    Path key = certificate(folder);
    int port = freePort();
    try (SimulatedApiServer cluster = new SimulatedApiServer(key, PASSWORD, Clock.systemUTC());
        RecordedProgram operator =
            new RecordedProgram(arguments, environment(folder, cluster.port(), port))) {
      Thread.ofVirtual().start(() -> copyToStdout(operator.output()));
      cluster.finished().get(RUN_SECONDS, TimeUnit.SECONDS);
      for (String path : PATHS_POLLED_IN_PRODUCTION) {
        try (InputStream answer = URI.create(url(port) + path).toURL().openStream()) {
          answer.readAllBytes();
        }
      }
      operator.terminate();
      operator.awaitCache();
    }
  }

  private static void copyToStdout(InputStream output) {
    try {
      output.transferTo(System.out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port + "/";
  }

  /**
   * The variables that Kubernetes and the chart set. A kubeconfig is not read, because it may
   * belong to a real cluster.
   */
  private static Map<String, String> environment(Path folder, int cluster, int port)
      throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "training");
    return Map.of(
        "KUBERNETES_AUTH_TRYKUBECONFIG",
        "false",
        "KUBERNETES_SERVICE_HOST",
        "127.0.0.1",
        "KUBERNETES_SERVICE_PORT",
        Integer.toString(cluster),
        "KUBERNETES_CERTS_CA_FILE",
        folder.resolve("ca.crt").toString(),
        "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
        token.toString(),
        "QUARKUS_OPERATOR_SDK_NAMESPACES",
        SimulatedObjects.NAMESPACE,
        "QUARKUS_HTTP_PORT",
        Integer.toString(port),
        "PODIUM_LEASE_NAMESPACE",
        SimulatedObjects.NAMESPACE,
        "PODIUM_LEASE_IDENTITY",
        "training");
  }

  /**
   * Creates a certificate, because TLS is a good part of the classes that a client of the API
   * server loads.
   */
  private static Path certificate(Path folder) throws IOException, InterruptedException {
    Path key = folder.resolve("key.p12");
    keytool(
        key, "-genkeypair", "-keyalg", "RSA", "-dname", "CN=training", "-ext", "san=ip:127.0.0.1");
    keytool(key, "-exportcert", "-rfc", "-file", folder.resolve("ca.crt").toString());
    return key;
  }

  private static void keytool(Path key, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "api", "-keystore", key.toString(), "-storepass", PASSWORD));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("keytool failed");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
