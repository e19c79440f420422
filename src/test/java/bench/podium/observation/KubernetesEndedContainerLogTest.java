package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to the API server, which is simulated because the tests' real one has no kubelet. */
class KubernetesEndedContainerLogTest {

  private static final String LOG = "/api/v1/namespaces/bench/pods/gin-pod/log";
  private static final PodLog.Source SOURCE = new PodLog.Source("bench", "gin-pod", "target");

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private int status = 200;
  private HttpServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestURI().toString());
          byte[] body = "2026-01-01T00:00:00Z the end\n".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new KubernetesClientBuilder()
            .withHttpClientFactory(new OkHttpClientFactory())
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requestsTheLastLinesWithTimestamps(boolean before) throws IOException {
    // When
    String log;
    try (InputStream in = new KubernetesEndedContainerLog(client).tail(SOURCE, before, 100)) {
      log = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    // Then
    assertThat(log).isEqualTo("2026-01-01T00:00:00Z the end\n");
    assertThat(requests).singleElement().asString().startsWith(LOG + "?");
    Set<String> wanted = Set.of("container=target", "tailLines=100", "timestamps=true");
    assertThat(requests.getFirst().substring(LOG.length() + 1).split("&")).containsAll(wanted);
    assertThat(requests.getFirst().contains("previous=true")).isEqualTo(before);
  }

  @Test
  void requestsAWholeLogWithoutReadingThePod() throws IOException {
    // When
    String log;
    try (InputStream in = new KubernetesWholeLog(client).open(SOURCE)) {
      log = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    // Then
    assertThat(log).isEqualTo("2026-01-01T00:00:00Z the end\n");
    assertThat(requests).containsExactly(LOG + "?container=target");
  }

  @Test
  void throwsARetryableErrorForAMissingLog() {
    // Given
    status = 400;
    KubernetesEndedContainerLog log = new KubernetesEndedContainerLog(client);

    // When / Then
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> log.tail(SOURCE, true, 100).readAllBytes());
  }
}
