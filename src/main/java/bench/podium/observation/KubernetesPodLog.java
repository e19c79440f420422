package bench.podium.observation;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.io.InputStream;

/** Follows logs through the API server; the operator never connects to a pod directly. */
public final class KubernetesPodLog implements PodLog {

  private final KubernetesClient client;

  public KubernetesPodLog(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Attachment attach(Source source) throws IOException {
    try {
      PodResource found = client.pods().inNamespace(source.namespace()).withName(source.pod());
      if (found.get() == null) {
        throw new PodGoneException(source.pod());
      }
      LogWatch watch = found.inContainer(source.container()).withReadyWaitTimeout(0).watchLog();
      return new Watched(watch);
    } catch (KubernetesClientException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private record Watched(LogWatch watch) implements Attachment {

    @Override
    public InputStream lines() {
      return watch.getOutput();
    }

    /**
     * Ends a read that is waiting for a line. Closing the watch is not enough: fabric8 does not
     * close a stream that it has handed out, so the response would leak until the pod is deleted.
     */
    @Override
    public void close() throws IOException {
      watch.close();
      watch.getOutput().close();
    }
  }
}
