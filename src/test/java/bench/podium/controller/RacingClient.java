package bench.podium.controller;

import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client that another overtakes between its look and its write. */
final class RacingClient {

  private RacingClient() {}

  /** Lets the other act just before the first request of this method leaves. */
  static KubernetesClient beforeFirst(String method, Runnable other) {
    AtomicBoolean overtaken = new AtomicBoolean();
    Interceptor overtake =
        new Interceptor() {
          @Override
          public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (request.method().equals(method) && overtaken.compareAndSet(false, true)) {
              other.run();
            }
          }
        };
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(ApiServer.kubeconfig()))
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("overtake", overtake))
        .build();
  }
}
