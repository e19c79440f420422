package bench.podium.controller.run;

import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client that another overtakes between its look and its write. */
public final class RacingClient {

  private RacingClient() {}

  /**
   * An API server that knows no selectable fields says so in just these words, of a field that none
   * knows.
   *
   * @param lists each list that was asked for
   */
  static KubernetesClient thatSelectsNothing(List<String> lists) {
    Interceptor unknown =
        new Interceptor() {
          @Override
          public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            lists.add(request.uri().toString());
            builder.uri(
                URI.create(request.uri().toString().replace("status.phase", "status.nothing")));
          }
        };
    return new KubernetesClientBuilder()
        .withHttpClientFactory(new OkHttpClientFactory())
        .withConfig(Config.fromKubeconfig(ApiServer.kubeconfig()))
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("unknown", unknown))
        .build();
  }

  /** Lets the other act just before the first request of this method leaves. */
  public static KubernetesClient beforeFirst(String method, Runnable other) {
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
        .withHttpClientFactory(new OkHttpClientFactory())
        .withConfig(Config.fromKubeconfig(ApiServer.kubeconfig()))
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("overtake", overtake))
        .build();
  }
}
