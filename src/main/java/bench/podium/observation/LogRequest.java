package bench.podium.observation;

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
 * Reads a container's log with a single request to the API server. The client's log methods first
 * wait until the pod is ready, which a pod that has ended or failed may never be.
 */
final class LogRequest {

  private static final long TIMEOUT_SECONDS = 10;

  private final KubernetesClient client;

  LogRequest(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Sends the request and returns the log as a stream.
   *
   * @param options query parameters, each with a leading ampersand
   * @throws IOException if the log cannot be read
   */
  InputStream send(PodLog.Source source, String options) throws IOException {
    HttpClient http = client.getHttpClient();
    HttpResponse<InputStream> response =
        await(
            http.sendAsync(
                http.newHttpRequestBuilder().uri(uri(source, options)).build(), InputStream.class));
    if (!response.isSuccessful()) {
      response.body().close();
      throw new IOException("no log of %s: status %d".formatted(source, response.code()));
    }
    return response.body();
  }

  private static <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> response)
      throws IOException {
    try {
      return response.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.cancel(true);
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      response.cancel(true);
      throw new IOException(e);
    }
  }

  /** The URI of the log. Names of namespaces, pods and containers need no escaping. */
  private URI uri(PodLog.Source source, String options) {
    return URI.create(
        "%sapi/v1/namespaces/%s/pods/%s/log?container=%s%s"
            .formatted(
                client.getMasterUrl(),
                source.namespace(),
                source.pod(),
                source.container(),
                options));
  }
}
