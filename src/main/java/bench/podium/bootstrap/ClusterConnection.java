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
 * The one connection to the API server, which may go away at any time, also without a word: every
 * wait on it is bounded, so that the operator goes on soon after it is back.
 */
@ApplicationScoped
public class ClusterConnection {

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Of one request; watches and logs that are followed have no bound but the ping's. */
  private static final Duration REQUEST = Duration.ofSeconds(5);

  /** A connection that does not answer a ping until the next is given up, with all that use it. */
  private static final Duration PING = Duration.ofSeconds(2);

  private static final Duration WATCH_AGAIN = Duration.ofMillis(500);

  /** Whoever asks tries again by itself: more retries here would only hide the absence from it. */
  private static final int RETRIES = 1;

  private final Leadership leadership;

  public ClusterConnection(Leadership leadership) {
    this.leadership = leadership;
  }

  @Produces
  @ApplicationScoped
  KubernetesClient client(KubernetesSerialization serialization, Config config) {
    config.setConnectionTimeout((int) CONNECT.toMillis());
    config.setRequestTimeout((int) REQUEST.toMillis());
    config.setRequestRetryBackoffLimit(RETRIES);
    config.setWebsocketPingInterval(PING.toMillis());
    config.setWatchReconnectInterval((int) WATCH_AGAIN.toMillis());
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
