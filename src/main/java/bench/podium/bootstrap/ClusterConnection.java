package bench.podium.bootstrap;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;

/**
 * Creates the client for the API server. The connection may break at any time, also silently, so
 * every wait on it has a timeout, and the operator continues soon after the API server is back.
 */
@ApplicationScoped
public class ClusterConnection {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Timeout of one request. Watches and followed logs are limited by the ping only. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

  /**
   * A connection that does not answer a ping before the next one is closed, with all requests on
   * it.
   */
  private static final Duration PING_INTERVAL = Duration.ofSeconds(2);

  private static final Duration WATCH_RECONNECT_INTERVAL = Duration.ofMillis(500);

  /**
   * Callers retry themselves; more retries here would hide from them that the API server is
   * unavailable.
   */
  private static final int MAX_RETRIES = 1;

  private final Leadership leadership;

  public ClusterConnection(Leadership leadership) {
    this.leadership = leadership;
  }

  @Produces
  @ApplicationScoped
  KubernetesClient client(KubernetesSerialization serialization, Config config) {
    config.setConnectionTimeout((int) CONNECT_TIMEOUT.toMillis());
    config.setRequestTimeout((int) REQUEST_TIMEOUT.toMillis());
    config.setRequestRetryBackoffLimit(MAX_RETRIES);
    config.setWebsocketPingInterval(PING_INTERVAL.toMillis());
    config.setWatchReconnectInterval((int) WATCH_RECONNECT_INTERVAL.toMillis());
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(serialization)
        .withHttpClientFactory(new OkHttpClientFactory())
        .withHttpClientBuilderConsumer(
            http ->
                leadership
                    .fence()
                    .ifPresent(fence -> http.addOrReplaceInterceptor("lease-fence", fence)))
        .build();
  }

  void close(@Disposes KubernetesClient client) {
    client.close();
  }
}
