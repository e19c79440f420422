package bench.podium.worker;

import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.AgentMessage.Cause;
import bench.podium.protocol.Command;
import java.util.List;
import java.util.Optional;

/** The messages that a worker sends on request to repeat its state of the newest attempt. */
final class RepeatedState {

  private RepeatedState() {}

  static List<WorkerAction> of(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Ended(AttemptId id) -> List.of(new WorkerAction.PrintAttemptEnded(id));
      case Attempt.Commanded commanded ->
          messages(commanded).stream().<WorkerAction>map(WorkerAction.Print::new).toList();
    };
  }

  private static List<AgentMessage> messages(Attempt.Commanded attempt) {
    AttemptId id = attempt.id();
    return switch (attempt) {
      case Attempt.Probing(Command.Arm _, Optional<Attempt.SentMessage> lastSent) ->
          List.of(
              lastSent
                  .map(Attempt.SentMessage::message)
                  .orElse(waiting(id, Cause.TARGET, "the target has not answered yet")));
      case Attempt.Starting _ -> List.of(waiting(id, Cause.WORKER, "the engine is starting"));
      case Attempt.Armed _ -> List.of(new AgentMessage.Armed(id.step(), id.attempt()));
      case Attempt.Refused(Command.Arm _, String reason) ->
          List.of(waiting(id, Cause.TARGET, reason));
      case Attempt.Finished(Command.Arm _, List<AgentMessage> messages) -> messages;
    };
  }

  private static AgentMessage.Waiting waiting(AttemptId id, Cause cause, String reason) {
    return new AgentMessage.Waiting(id.step(), id.attempt(), cause, reason);
  }
}
