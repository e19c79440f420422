package bench.podium.worker;

import bench.podium.wire.Command;
import bench.podium.wire.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far this pod has come with the newest attempt that it was told of. */
sealed interface Attempt {

  Command.Arm arm();

  default AttemptId id() {
    return AttemptId.of(arm());
  }

  /** Whether there are processes that may send. */
  default boolean engineStarted() {
    return switch (this) {
      case Starting _, Armed _ -> true;
      case Probing _, Refused _, Over _ -> false;
    };
  }

  /**
   * Asking the target until it answers.
   *
   * @param said the last word on it
   */
  record Probing(Command.Arm arm, Optional<Said> said) implements Attempt {}

  /** What was said and when, so that it is not said too often. */
  record Said(Fact.Waiting fact, Instant at) {}

  /** The engine's processes are on their way to their gates. */
  record Starting(Command.Arm arm) implements Attempt {}

  /** Parked until T0, or running since. */
  record Armed(Command.Arm arm) implements Attempt {}

  /** The engine could not connect; the target is asked once more to see whose fault it is. */
  record Refused(Command.Arm arm, String reason) implements Attempt {}

  /**
   * Nothing more will happen in it.
   *
   * @param facts how it ended, to be repeated on request
   */
  record Over(Command.Arm arm, List<Fact> facts) implements Attempt {
    public Over {
      facts = List.copyOf(facts);
    }
  }
}
