package bench.podium.domain.observation;

import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.plan.AttemptId;
import java.util.Optional;

/** A pod that runs one of Podium's own programs and obeys the newest command in its annotations. */
public sealed interface AgentPod permits WorkerObservation, CollectorObservation {

  String pod();

  /** The newest command that was sent to the pod; absent before the first. */
  Optional<LastCommand> lastCommand();

  /** The newest command, if it has this kind. */
  default Optional<LastCommand> lastCommand(LastCommand.Kind kind) {
    return lastCommand().filter(lastCommand -> lastCommand.kind() == kind);
  }

  /** The newest command, if it has this kind and belongs to this attempt. */
  default Optional<LastCommand> lastCommand(LastCommand.Kind kind, AttemptId attempt) {
    return lastCommand(kind).filter(lastCommand -> lastCommand.attempt().equals(attempt));
  }
}
