package bench.podium.worker;

import bench.podium.wire.Command;
import bench.podium.wire.Fact;
import java.util.List;

/** Something that a load pod learns of. */
sealed interface Signal {

  /** A command that differs from the one before. */
  record Commanded(Command command) implements Signal {}

  /** Time has passed. */
  record Tick() implements Signal {}

  /** The target gave some HTTP status. */
  record TargetAnswered(AttemptId id) implements Signal {}

  /** The target gave none. */
  record TargetSilent(AttemptId id, String reason) implements Signal {}

  /** All processes wait for their gates. */
  record EngineParked(AttemptId id) implements Signal {}

  /** The engine could not connect. */
  record EngineRefused(AttemptId id, String reason) implements Signal {}

  /** The engine came to its gate too late and sent nothing. */
  record EngineLate(AttemptId id) implements Signal {}

  /** The engine failed, or what it left cannot be read. */
  record EngineBroken(AttemptId id, String reason) implements Signal {}

  /**
   * The engine is done.
   *
   * @param facts that it ran, and the parts of its result
   */
  record EngineDone(AttemptId id, List<Fact> facts) implements Signal {
    public EngineDone {
      facts = List.copyOf(facts);
    }
  }

  /** The pod is asked to end by its node. */
  record Terminated() implements Signal {}
}
