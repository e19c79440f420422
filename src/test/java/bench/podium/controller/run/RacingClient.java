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

/** A client that another writer overtakes between its read and its write. */
public final class RacingClient {

  private RacingClient() {}

  /**
   * A client of an API server without selectable fields, which rejects a field selector with this
   * message.
   *
   * @param lists receives each list request
   */
  static KubernetesClient withoutSelectableFields(List<String> lists) {
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

  /** Lets the other writer act just before the first request with this method. */
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
