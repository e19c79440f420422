package bench.podium.worker;

import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of the newest attempt that this worker knows. */
sealed interface Attempt {

  AttemptId id();

  /** The command that started the attempt; empty once its engine cannot run any more. */
  default Optional<Command.Arm> startedBy() {
    return switch (this) {
      case Starting(Command.Arm arm) -> Optional.of(arm);
      case Armed(Command.Arm arm) -> Optional.of(arm);
      case Probing _, Refused _, Finished _, Ended _ -> Optional.empty();
    };
  }

  /** An attempt whose arm command has arrived. */
  sealed interface Commanded extends Attempt {

    Command.Arm arm();

    @Override
    default AttemptId id() {
      return arm().attemptId();
    }
  }

  /**
   * Requesting the target's readiness path until it answers.
   *
   * @param lastSent the last Waiting message that was sent
   */
  record Probing(Command.Arm arm, Optional<SentMessage> lastSent) implements Commanded {}

  /** A Waiting message and when it was sent, to limit repetitions. */
  record SentMessage(AgentMessage.Waiting message, Instant at) {}

  /** The engine's processes are starting and not yet waiting for T0. */
  record Starting(Command.Arm arm) implements Commanded {}

  /** The engine waits for T0, or has been running since. */
  record Armed(Command.Arm arm) implements Commanded {}

  /**
   * The engine could not connect; the target's readiness is checked once more to determine the
   * cause.
   */
  record Refused(Command.Arm arm, String reason) implements Commanded {}

  /**
   * The attempt has finished in this worker.
   *
   * @param messages how it finished, repeated on request
   */
  record Finished(Command.Arm arm, List<AgentMessage> messages) implements Commanded {
    public Finished {
      messages = List.copyOf(messages);
    }
  }

  /** Aborted or discarded, possibly before its arm command arrived. */
  record Ended(AttemptId id) implements Attempt {}
}
