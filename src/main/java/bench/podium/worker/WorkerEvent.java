package bench.podium.worker;

import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import java.util.List;

/** Something that a worker learns of. */
sealed interface WorkerEvent {

  /** A command that differs from the one before. */
  record Commanded(Command command) implements WorkerEvent {}

  /** Time has passed. */
  record Tick() implements WorkerEvent {}

  /** The target gave some HTTP status. */
  record TargetAnswered(AttemptId id) implements WorkerEvent {}

  /** The target gave none. */
  record TargetSilent(AttemptId id, String reason) implements WorkerEvent {}

  /** All processes wait for their gates. */
  record EngineParked(AttemptId id) implements WorkerEvent {}

  /** The engine could not connect. */
  record EngineRefused(AttemptId id, String reason) implements WorkerEvent {}

  /** The engine came to its gate too late and sent nothing. */
  record EngineLate(AttemptId id) implements WorkerEvent {}

  /** The engine failed, or what it left cannot be read. */
  record EngineBroken(AttemptId id, String reason) implements WorkerEvent {}

  /**
   * The engine is done.
   *
   * @param messages that it ran, and the parts of its result
   */
  record EngineDone(AttemptId id, List<AgentMessage> messages) implements WorkerEvent {
    public EngineDone {
      messages = List.copyOf(messages);
    }
  }

  /** The pod is asked to end by its node. */
  record Terminated() implements WorkerEvent {}
}
