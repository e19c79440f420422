package bench.podium.aot;

import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import bench.podium.protocol.DecodedMessage;
import bench.podium.protocol.ProtocolCodec;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the collector's AOT cache: the collector samples the processes on this machine and sends
 * the samples again. Like the collector, this program needs {@code java.base} only.
 */
public final class CollectorTraining {

  private static final int SAMPLES = 5;

  private CollectorTraining() {}

  /**
   * @param arguments the cache file to write, then the collector's command
   */
  public static void main(String[] arguments) throws Exception {
    SimulatedAnnotation annotation = new SimulatedAnnotation(Files.createTempDirectory("training"));
    ProtocolCodec codec = new ProtocolCodec();
    try (RecordedProgram collector =
            new RecordedProgram(arguments, environment(annotation.file()));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(collector.output(), StandardCharsets.UTF_8))) {
      Optional<AgentMessage> message = Optional.empty();
      while (message.filter(AgentMessage.Stopped.class::isInstance).isEmpty()) {
        String line = lines.readLine();
        System.out.println(line);
        message = message(codec, line);
        message
            .flatMap(CollectorTraining::answer)
            .ifPresent(command -> annotation.write(codec.encodeCommand(command)));
      }
      collector.terminate();
      collector.awaitCache();
    }
  }

  private static Optional<AgentMessage> message(ProtocolCodec codec, String line) {
    return switch (codec.decodeLine(line)) {
      case DecodedMessage.Read(var read) -> Optional.of(read.message());
      case DecodedMessage.Unreadable _ -> Optional.empty();
    };
  }

  private static Optional<Command> answer(AgentMessage message) {
    return switch (message) {
      case AgentMessage.Sample(long index, long at, long _, long _, int _, var _)
          when index == SAMPLES ->
          Optional.of(new Command.RepeatSamples(0, 1, 0, at, 1));
      case AgentMessage.Repeated _ -> Optional.of(new Command.Finish());
      default -> Optional.empty();
    };
  }

  private static Map<String, String> environment(Path command) {
    return Map.of(
        "PODIUM_RUN_UID", "training",
        "PODIUM_POD_UID", "training",
        "PODIUM_SAMPLE_MILLIS", "200",
        "PODIUM_SAMPLES_KEPT", "100",
        "PODIUM_COMMAND_FILE", command.toString());
  }
}
