package bench.podium.observe;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The same through the API server, as {@code kubectl logs --previous --timestamps --tail}. The
 * client's own way to a log first lists and watches the pod until it is ready, which one that has
 * ended may never be.
 */
public final class KubernetesEndedLog implements EndedLog {

  private static final long ANSWERS_WITHIN_SECONDS = 10;

  private final KubernetesClient client;

  public KubernetesEndedLog(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public InputStream tail(PodLog.Source source, boolean before, int lines) throws IOException {
    HttpClient http = client.getHttpClient();
    HttpResponse<InputStream> response =
        answer(
            http.sendAsync(
                http.newHttpRequestBuilder().uri(uri(source, before, lines)).build(),
                InputStream.class));
    if (!response.isSuccessful()) {
      response.body().close();
      throw new IOException("no log of %s: status %d".formatted(source, response.code()));
    }
    return response.body();
  }

  private static <T> HttpResponse<T> answer(CompletableFuture<HttpResponse<T>> asked)
      throws IOException {
    try {
      return asked.get(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      asked.cancel(true);
      throw new IOException(e);
    }
  }

  /** Names of namespaces, pods and containers need no escapes. */
  private URI uri(PodLog.Source source, boolean before, int lines) {
    return URI.create(
        "%sapi/v1/namespaces/%s/pods/%s/log?container=%s&previous=%s&timestamps=true&tailLines=%d"
            .formatted(
                client.getMasterUrl(),
                source.namespace(),
                source.pod(),
                source.container(),
                before,
                lines));
  }
}
