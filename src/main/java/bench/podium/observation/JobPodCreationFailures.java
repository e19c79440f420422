package bench.podium.observation;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Optional;

/** Finds out why the Job controller cannot create a Job's pods. */
@FunctionalInterface
public interface JobPodCreationFailures {

  /** The API server's message; empty if no failure is known. */
  Optional<String> of(Job job);
}
