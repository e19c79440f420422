package bench.podium.rehearsal;

import bench.podium.wire.Command;
import bench.podium.wire.DecodedLine;
import bench.podium.wire.Fact;
import bench.podium.wire.WireCodec;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the observers' AOT cache: their program looks at whatever runs here and repeats what it has
 * seen. Like theirs, it needs {@code java.base} alone.
 */
public final class ObserverRehearsal {

  private static final int LOOKS = 5;

  private ObserverRehearsal() {}

  /**
   * @param arguments the cache to be written, then the observers' command
   */
  public static void main(String[] arguments) throws Exception {
    RehearsedAnnotation annotation =
        new RehearsedAnnotation(Files.createTempDirectory("rehearsal"));
    WireCodec codec = new WireCodec();
    try (RecordedProgram observer = new RecordedProgram(arguments, environment(annotation.file()));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(observer.output(), StandardCharsets.UTF_8))) {
      Optional<Fact> said = Optional.empty();
      while (said.filter(Fact.Bye.class::isInstance).isEmpty()) {
        String line = lines.readLine();
        System.out.println(line);
        said = fact(codec, line);
        said.flatMap(ObserverRehearsal::answer)
            .ifPresent(command -> annotation.write(codec.encodeCommand(command)));
      }
      observer.askToEnd();
      observer.awaitCache();
    }
  }

  private static Optional<Fact> fact(WireCodec codec, String line) {
    return switch (codec.decodeLine(line)) {
      case DecodedLine.Read(var read) -> Optional.of(read.fact());
      case DecodedLine.Unreadable _ -> Optional.empty();
    };
  }

  private static Optional<Command> answer(Fact fact) {
    return switch (fact) {
      case Fact.Sample(long index, long at, long _, long _, int _, var _) when index == LOOKS ->
          Optional.of(new Command.RepeatSamples(0, 1, 0, at, 1));
      case Fact.Repeated _ -> Optional.of(new Command.Finish());
      default -> Optional.empty();
    };
  }

  private static Map<String, String> environment(Path command) {
    return Map.of(
        "PODIUM_RUN_UID", "rehearsal",
        "PODIUM_POD_UID", "rehearsal",
        "PODIUM_SAMPLE_MILLIS", "200",
        "PODIUM_SAMPLES_KEPT", "100",
        "PODIUM_COMMAND_FILE", command.toString());
  }
}
