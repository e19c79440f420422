package bench.podium.worker;

import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import java.time.Duration;

/** Something that a worker does. */
sealed interface WorkerAction {

  /** Print it. */
  record Print(AgentMessage message) implements WorkerAction {}

  /** Ask the target's readiness path once, after a pause. */
  record Probe(Command.Arm arm, Duration pause) implements WorkerAction {}

  /** Start the engine's processes, each behind its gate. */
  record StartEngine(Command.Arm arm) implements WorkerAction {}

  /** Kill the engine's processes, if any is left, and forget them. */
  record KillEngine() implements WorkerAction {}

  /** Kill the engine's processes and say how far they came. */
  record CutShort(Command.Arm arm) implements WorkerAction {}

  /** Print that no process of this attempt runs, with what was sent in it. */
  record PrintAttemptEnded(AttemptId id) implements WorkerAction {}

  /** End the program. */
  record Exit() implements WorkerAction {}
}
