package bench.podium.worker;

import bench.podium.wire.Command;
import bench.podium.wire.Fact;
import bench.podium.wire.Fact.Blame;
import java.util.List;
import java.util.Optional;

/** What a load pod says again of the newest attempt when it is asked. */
final class Known {

  private Known() {}

  static List<Action> of(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Ended(AttemptId id) -> List.of(new Action.SayEnded(id));
      case Attempt.Commanded commanded ->
          facts(commanded).stream().<Action>map(Action.Say::new).toList();
    };
  }

  private static List<Fact> facts(Attempt.Commanded attempt) {
    AttemptId id = attempt.id();
    return switch (attempt) {
      case Attempt.Probing(Command.Arm _, Optional<Attempt.Said> said) ->
          List.of(
              said.map(Attempt.Said::fact)
                  .orElse(waiting(id, Blame.TARGET, "the target has not answered yet")));
      case Attempt.Starting _ -> List.of(waiting(id, Blame.WORKER, "the engine is starting"));
      case Attempt.Armed _ -> List.of(new Fact.Armed(id.step(), id.attempt()));
      case Attempt.Refused(Command.Arm _, String reason) ->
          List.of(waiting(id, Blame.TARGET, reason));
      case Attempt.Over(Command.Arm _, List<Fact> facts) -> facts;
    };
  }

  private static Fact.Waiting waiting(AttemptId id, Blame blame, String reason) {
    return new Fact.Waiting(id.step(), id.attempt(), blame, reason);
  }
}
