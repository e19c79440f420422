package bench.podium.domain.observation;

import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.plan.AttemptId;
import java.util.Optional;

/** A pod with a program of Podium's own, which obeys the newest command that stands on it. */
public sealed interface AgentPod permits WorkerObservation, CollectorObservation {

  String pod();

  /** Absent before the first. */
  Optional<LastCommand> lastCommand();

  /** The newest command, if it is of this kind. */
  default Optional<LastCommand> lastCommand(LastCommand.Kind kind) {
    return lastCommand().filter(lastCommand -> lastCommand.kind() == kind);
  }

  /** The same, if it speaks of this attempt. */
  default Optional<LastCommand> lastCommand(LastCommand.Kind kind, AttemptId about) {
    return lastCommand(kind).filter(lastCommand -> lastCommand.about().equals(about));
  }
}
