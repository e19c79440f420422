package bench.podium.observation;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Optional;

/** Why Kubernetes does not make a Job's pods, in the API server's words. */
@FunctionalInterface
public interface JobPodCreationFailures {

  /** Empty where nothing speaks against them. */
  Optional<String> of(Job job);
}
