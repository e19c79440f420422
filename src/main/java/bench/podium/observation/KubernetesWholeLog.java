package bench.podium.observation;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the log through the API server, like {@code kubectl logs}, whether the pod is ready or not.
 */
public final class KubernetesWholeLog implements WholeLog {

  private final LogRequest request;

  public KubernetesWholeLog(KubernetesClient client) {
    this.request = new LogRequest(client);
  }

  @Override
  public InputStream open(PodLog.Source source) throws IOException {
    return request.send(source, "");
  }
}
