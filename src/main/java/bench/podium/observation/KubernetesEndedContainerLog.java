package bench.podium.observation;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the log through the API server, like {@code kubectl logs --previous --timestamps --tail},
 * whether the pod is ready or not.
 */
public final class KubernetesEndedContainerLog implements EndedContainerLog {

  private final LogRequest request;

  public KubernetesEndedContainerLog(KubernetesClient client) {
    this.request = new LogRequest(client);
  }

  @Override
  public InputStream tail(PodLog.Source source, boolean previous, int lines) throws IOException {
    return request.send(
        source, "&previous=%s&timestamps=true&tailLines=%d".formatted(previous, lines));
  }
}
