package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerObservation.Told;
import java.util.Optional;

/**
 * The observer in a target's pod, as it is heard.
 *
 * @param told the newest command that stands on its pod; absent before the first
 */
public record ObserverObservation(String pod, ObserverTalk talk, Optional<Told> told)
    implements CommandedPod {}
