package bench.podium.worker;

import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import java.util.List;

/** An event that a worker handles. */
sealed interface WorkerEvent {

  /** A new command arrived. */
  record Commanded(Command command) implements WorkerEvent {}

  /** A poll of the schedule, to check timeouts. */
  record Tick() implements WorkerEvent {}

  /** The target answered with any HTTP status. */
  record TargetAnswered(AttemptId id) implements WorkerEvent {}

  /** The target did not answer. */
  record TargetSilent(AttemptId id, String reason) implements WorkerEvent {}

  /** All processes are waiting for T0. */
  record EngineParked(AttemptId id) implements WorkerEvent {}

  /** The engine could not connect. */
  record EngineRefused(AttemptId id, String reason) implements WorkerEvent {}

  /** The engine was ready only after T0 and sent nothing. */
  record EngineLate(AttemptId id) implements WorkerEvent {}

  /** The engine failed, or its results cannot be read. */
  record EngineBroken(AttemptId id, String reason) implements WorkerEvent {}

  /**
   * The engine has finished.
   *
   * @param messages that it ran, and the parts of its result
   */
  record EngineDone(AttemptId id, List<AgentMessage> messages) implements WorkerEvent {
    public EngineDone {
      messages = List.copyOf(messages);
    }
  }

  /** The pod is being terminated. */
  record Terminated() implements WorkerEvent {}
}
