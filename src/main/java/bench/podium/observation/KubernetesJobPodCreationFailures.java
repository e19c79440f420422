package bench.podium.observation;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Reads the Job's FailedCreate Events: its status does not show that pods could not be created. */
public final class KubernetesJobPodCreationFailures implements JobPodCreationFailures {

  private final KubernetesClient client;

  public KubernetesJobPodCreationFailures(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<String> of(Job job) {
    try {
      return client
          .v1()
          .events()
          .inNamespace(job.getMetadata().getNamespace())
          .withField("involvedObject.uid", job.getMetadata().getUid())
          .withField("reason", "FailedCreate")
          .list()
          .getItems()
          .stream()
          .map(Event::getMessage)
          .filter(message -> message != null && !message.isEmpty())
          .reduce((before, last) -> last);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        // An older Role. Without the message, the run waits for limits.startTimeout.
        return Optional.empty();
      }
      throw e;
    }
  }
}
