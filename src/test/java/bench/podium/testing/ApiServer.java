package bench.podium.testing;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real kube-apiserver with etcd and without controllers. All tests of a JVM share one, which is
 * started by the first test that needs it and stopped when the JVM ends.
 *
 * <p>Each test uses a {@link #namespace() namespace of its own}. The folder of the binaries is
 * given by the system property {@code podium.binaries} or the environment variable {@code
 * PODIUM_BINARIES}.
 */
public final class ApiServer implements BeforeAllCallback {

  private static final List<String> BINARIES = List.of("etcd", "kube-apiserver", "kubectl");
  private static final Duration STARTUP = Duration.ofSeconds(60);

  @Override
  public void beforeAll(ExtensionContext context) {
    client();
  }

  /** A client with the rights of cluster-admin; tests must not close it. */
  public static KubernetesClient client() {
    return Started.CLIENT;
  }

  /** Another API server for one test alone, with its client as cluster-admin. */
  public static Separate separate() {
    KubeAPIServer server = Started.start();
    return new Separate(server, Started.connect(server));
  }

  /** Stops with the test that asked for it. */
  public record Separate(KubeAPIServer server, KubernetesClient client) implements AutoCloseable {

    public String kubeconfig() {
      return server.getKubeConfigYaml();
    }

    /** Installs or updates a CRD and waits until it is served. */
    public void install(CustomResourceDefinition crd) {
      ApiServer.install(client, crd);
    }

    @Override
    public void close() {
      client.close();
      server.stop();
    }
  }

  /** For kubectl and other programs. */
  public static String kubeconfig() {
    return Started.SERVER.getKubeConfigYaml();
  }

  /**
   * The folder with etcd, kube-apiserver, kubectl and helm.
   *
   * @throws IllegalStateException if it is not configured
   */
  public static Path binaries() {
    return Optional.ofNullable(System.getProperty("podium.binaries"))
        .or(() -> Optional.ofNullable(System.getenv("PODIUM_BINARIES")))
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .filter(folder -> Files.isExecutable(folder.resolve("kube-apiserver")))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This test needs a real API server: set PODIUM_BINARIES to the folder that"
                        + " `deploy/local/cluster binaries` prints, or run `make check`"));
  }

  /** Creates a namespace with a unique name. */
  public static String namespace() {
    return client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("test-")
                .endMetadata()
                .build())
        .create()
        .getMetadata()
        .getName();
  }

  /** Installs or updates a CRD and waits until it is served. */
  public static void install(CustomResourceDefinition crd) {
    install(client(), crd);
  }

  private static void install(KubernetesClient client, CustomResourceDefinition crd) {
    client.resource(crd).forceConflicts().serverSideApply();
    client.resource(crd).waitUntilCondition(ApiServer::isEstablished, 30, TimeUnit.SECONDS);
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        // Null, and not empty, until the first condition is set.
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  /** Its initialisation starts the server once. */
  private static final class Started {
    static final KubeAPIServer SERVER = start();
    static final KubernetesClient CLIENT = connectUntilExit();

    private static KubeAPIServer start() {
      KubeAPIServer server =
          new KubeAPIServer(
              KubeAPIServerConfigBuilder.anAPIServerConfig()
                  .withTestDir(layout(binaries()).toString())
                  .withApiServerVersion("local")
                  .withOfflineMode(true)
                  .withUpdateKubeConfig(false)
                  .withWaitForEtcdHealthCheckOnStartup(true)
                  .withStartupTimeout(startupMillis())
                  .build());
      server.start();
      return server;
    }

    private static KubernetesClient connect(KubeAPIServer server) {
      return new KubernetesClientBuilder()
          .withHttpClientFactory(new OkHttpClientFactory())
          .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
          .build();
    }

    private static KubernetesClient connectUntilExit() {
      KubernetesClient client = connect(SERVER);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(client), "stop-api-server"));
      return client;
    }

    private static void stop(KubernetesClient client) {
      client.close();
      SERVER.stop();
    }

    /** The library adds it to the time of day; beyond midnight it would time out immediately. */
    private static int startupMillis() {
      Duration untilMidnight =
          Duration.between(LocalTime.now(ZoneId.systemDefault()), LocalTime.MAX);
      return (int) Math.min(STARTUP.toMillis(), untilMidnight.toMillis());
    }

    /** The library looks for its binaries in {@code k8s/<version>-<os>-<arch>}. */
    private static Path layout(Path binaries) {
      try {
        Path root = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "api-server");
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        Path folder = Files.createDirectories(root.resolve("k8s").resolve("local-linux-" + arch));
        for (String name : BINARIES) {
          Files.createSymbolicLink(folder.resolve(name), binaries.resolve(name).toRealPath());
        }
        return root;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
