package bench.podium.domain.observation;

import bench.podium.domain.observation.WorkerObservation.LastCommand;
import java.util.Optional;

/**
 * The collector in a target's pod, as its log and its pod show it.
 *
 * @param lastCommand the newest command that was sent to its pod; absent before the first
 */
public record CollectorObservation(
    String pod, CollectorReport report, Optional<LastCommand> lastCommand) implements AgentPod {}
