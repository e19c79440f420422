package bench.podium.worker;

import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import java.time.Duration;

/** An action of a worker. */
sealed interface WorkerAction {

  /** Send the message. */
  record Print(AgentMessage message) implements WorkerAction {}

  /** Request the target's readiness path once, after a pause. */
  record Probe(Command.Arm arm, Duration pause) implements WorkerAction {}

  /** Start the engine's processes, which wait for T0. */
  record StartEngine(Command.Arm arm) implements WorkerAction {}

  /** Kill the engine's processes, if any are left, and drop them. */
  record KillEngine() implements WorkerAction {}

  /** Kill the engine's processes and send how many requests they have sent. */
  record CutShort(Command.Arm arm) implements WorkerAction {}

  /** Send that no process of this attempt runs, with the number of requests that it sent. */
  record PrintAttemptEnded(AttemptId id) implements WorkerAction {}

  /** End the process. */
  record Exit() implements WorkerAction {}
}
