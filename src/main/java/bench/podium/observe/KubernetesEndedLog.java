package bench.podium.observe;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.BytesLimitTerminateTimeTailPrettyLoggable;
import java.io.IOException;
import java.io.InputStream;

/** The same through the API server, as {@code kubectl logs --previous --timestamps --tail}. */
public final class KubernetesEndedLog implements EndedLog {

  private final KubernetesClient client;

  public KubernetesEndedLog(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public InputStream tail(PodLog.Source source, boolean before, int lines) throws IOException {
    try {
      BytesLimitTerminateTimeTailPrettyLoggable log =
          client
              .pods()
              .inNamespace(source.namespace())
              .withName(source.pod())
              .inContainer(source.container())
              .withReadyWaitTimeout(0)
              .usingTimestamps();
      return (before ? log.terminated() : log).tailingLines(lines).getLogInputStream();
    } catch (KubernetesClientException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
