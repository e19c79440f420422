package bench.podium.worker;

import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far this pod has come with the newest attempt that it was told of. */
sealed interface Attempt {

  AttemptId id();

  /** The command to start it; absent where an engine can run no more. */
  default Optional<Command.Arm> startedBy() {
    return switch (this) {
      case Starting(Command.Arm arm) -> Optional.of(arm);
      case Armed(Command.Arm arm) -> Optional.of(arm);
      case Probing _, Refused _, Over _, Ended _ -> Optional.empty();
    };
  }

  /** An attempt of which the command to start it has come. */
  sealed interface Commanded extends Attempt {

    Command.Arm arm();

    @Override
    default AttemptId id() {
      return arm().attemptId();
    }
  }

  /**
   * Asking the target until it answers.
   *
   * @param said the last word on it
   */
  record Probing(Command.Arm arm, Optional<Said> said) implements Commanded {}

  /** What was said and when, so that it is not said too often. */
  record Said(AgentMessage.Waiting message, Instant at) {}

  /** The engine's processes are on their way to their gates. */
  record Starting(Command.Arm arm) implements Commanded {}

  /** Parked until T0, or running since. */
  record Armed(Command.Arm arm) implements Commanded {}

  /** The engine could not connect; the target is asked once more to see whose fault it is. */
  record Refused(Command.Arm arm, String reason) implements Commanded {}

  /**
   * Nothing more will happen in it.
   *
   * @param messages how it ended, to be repeated on request
   */
  record Over(Command.Arm arm, List<AgentMessage> messages) implements Commanded {
    public Over {
      messages = List.copyOf(messages);
    }
  }

  /** Aborted or discarded, perhaps before the command to start it came. */
  record Ended(AttemptId id) implements Attempt {}
}
