package bench.podium.observe;

import bench.podium.domain.lifecycle.StepAttempt;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.wire.Command;
import bench.podium.wire.WireCodec;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The command that stands on a pod. */
final class ToldReading {

  private final WireCodec codec;

  ToldReading(WireCodec codec) {
    this.codec = codec;
  }

  Optional<Told> read(Pod pod) {
    Map<String, String> annotations = Texts.orEmpty(pod.getMetadata().getAnnotations());
    return Optional.ofNullable(annotations.get(Command.ANNOTATION))
        .flatMap(this::command)
        .map(command -> told(command, nudgedAt(annotations)));
  }

  /** Whoever may edit pods may write anything there: what is no command was not told. */
  private Optional<Command> command(String text) {
    try {
      return Optional.of(codec.decodeCommand(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Told told(Command command, Instant at) {
    return switch (command) {
      case Command.Arm arm ->
          new Told(new StepAttempt(arm.step(), arm.attempt()), Told.Kind.ARM, 0, at);
      case Command.Abort(int step, int attempt) ->
          new Told(new StepAttempt(step, attempt), Told.Kind.STOP, 0, at);
      case Command.Discard(int step, int attempt) ->
          new Told(new StepAttempt(step, attempt), Told.Kind.STOP, 0, at);
      case Command.Repeat(int step, int attempt, int ask) ->
          new Told(new StepAttempt(step, attempt), Told.Kind.REPEAT, ask, at);
      case Command.RepeatSamples repeat ->
          new Told(
              new StepAttempt(repeat.step(), repeat.attempt()), Told.Kind.REPEAT, repeat.ask(), at);
      case Command.Finish() -> new Told(new StepAttempt(-1, 0), Told.Kind.FINISH, 0, at);
    };
  }

  private static Instant nudgedAt(Map<String, String> annotations) {
    String text = annotations.getOrDefault(Command.NUDGE_ANNOTATION, "0");
    return text.matches("\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.EPOCH;
  }
}
