package bench.podium.observation;

import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.Command;
import bench.podium.protocol.ProtocolCodec;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Reads the last command from a pod's annotations. */
final class LastCommandMapper {

  private final ProtocolCodec codec;

  LastCommandMapper(ProtocolCodec codec) {
    this.codec = codec;
  }

  Optional<LastCommand> read(Pod pod) {
    Map<String, String> annotations = StatusTexts.orEmpty(pod.getMetadata().getAnnotations());
    return Optional.ofNullable(annotations.get(Command.ANNOTATION))
        .flatMap(this::command)
        .map(command -> lastCommand(command, resentAt(annotations)));
  }

  /**
   * The command; empty if the text is invalid. Anyone who may edit pods can write anything there.
   */
  private Optional<Command> command(String text) {
    try {
      return Optional.of(codec.decodeCommand(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static LastCommand lastCommand(Command command, Instant at) {
    return switch (command) {
      case Command.Arm arm ->
          new LastCommand(new AttemptId(arm.step(), arm.attempt()), LastCommand.Kind.ARM, 0, at);
      case Command.Abort(int step, int attempt) ->
          new LastCommand(new AttemptId(step, attempt), LastCommand.Kind.STOP, 0, at);
      case Command.Discard(int step, int attempt) ->
          new LastCommand(new AttemptId(step, attempt), LastCommand.Kind.STOP, 0, at);
      case Command.Repeat(int step, int attempt, int ask) ->
          new LastCommand(new AttemptId(step, attempt), LastCommand.Kind.REPEAT, ask, at);
      case Command.RepeatSamples repeat ->
          new LastCommand(
              new AttemptId(repeat.step(), repeat.attempt()),
              LastCommand.Kind.REPEAT,
              repeat.ask(),
              at);
      case Command.Finish() ->
          new LastCommand(new AttemptId(-1, 0), LastCommand.Kind.FINISH, 0, at);
    };
  }

  private static Instant resentAt(Map<String, String> annotations) {
    String text = annotations.getOrDefault(Command.RESEND_ANNOTATION, "0");
    return text.matches("\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.EPOCH;
  }
}
