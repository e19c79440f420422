package bench.podium.worker;

import bench.podium.wire.Command;
import bench.podium.wire.Fact;
import java.time.Duration;

/** Something that a load pod does. */
sealed interface Action {

  /** Print it. */
  record Say(Fact fact) implements Action {}

  /** Ask the target's readiness path once, after a pause. */
  record Probe(Command.Arm arm, Duration pause) implements Action {}

  /** Start the engine's processes, each behind its gate. */
  record StartEngine(Command.Arm arm) implements Action {}

  /** Kill the engine's processes, if any is left, and forget them. */
  record KillEngine() implements Action {}

  /** Kill the engine's processes and say how far they came. */
  record CutShort(Command.Arm arm) implements Action {}

  /** Print that no process of this attempt runs, with what was sent in it. */
  record SayEnded(AttemptId id) implements Action {}

  /** End the program. */
  record Exit() implements Action {}
}
