package bench.podium.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import bench.podium.protocol.DecodedMessage;
import bench.podium.protocol.Envelope;
import bench.podium.protocol.ProtocolCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector in a child process, with a command file. */
class CollectorMainTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final ProtocolCodec codec = new ProtocolCodec();

  @TempDir Path folder;

  private Process process;

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void samplesPeriodicallyWithConsecutiveIndexes() throws IOException {
    // When
    start(Map.of());

    // Then
    await().atMost(TIMEOUT).until(() -> samples().size() >= 5);
    assertThat(samples()).extracting(AgentMessage.Sample::index).startsWith(0L, 1L, 2L, 3L, 4L);
    // It samples this machine's processes, of which long-running ones have used CPU time.
    assertThat(samples().getLast().cpuMicros()).isPositive();
    assertThat(samples().getLast().memoryBytes()).isPositive();
    assertThat(samples().getLast().threads()).isPositive();
  }

  @Test
  void repeatsTheSamplesOfAnIntervalAndConfirmsIt() throws IOException {
    // Given
    start(Map.of("PODIUM_SAMPLES_KEPT", "3"));
    await().atMost(TIMEOUT).until(() -> samples().size() >= 6);

    // When
    command(new Command.RepeatSamples(2, 1, 0, Long.MAX_VALUE / 2, 4));

    // Then
    await().atMost(TIMEOUT).until(() -> messages().contains(new AgentMessage.Repeated(2, 1, 4)));
    List<AgentMessage> messages = messages();
    int end = messages.indexOf(new AgentMessage.Repeated(2, 1, 4));
    List<AgentMessage> repeated = messages.subList(end - 3, end);
    assertThat(repeated).allMatch(AgentMessage.Sample.class::isInstance);
    assertThat(messages.subList(0, end - 3)).containsAll(repeated);
  }

  @Test
  void reportsStoppedOnceAndStaysSilentWithoutEnding() throws IOException {
    // Given
    start(Map.of());
    await().atMost(TIMEOUT).until(() -> !samples().isEmpty());

    // When
    command(new Command.Finish());

    // Then
    await().atMost(TIMEOUT).until(() -> messages().contains(new AgentMessage.Stopped()));
    await()
        .during(Duration.ofMillis(500))
        .until(() -> messages().getLast() instanceof AgentMessage.Stopped);
    assertThat(process.isAlive()).as("a sidecar that ended would be started again").isTrue();
  }

  @Test
  void rejectsCommandsForWorkersAndContinues() throws IOException {
    // Given
    start(Map.of());

    // When
    command(new Command.Repeat(0, 1, 0));

    // Then
    await()
        .atMost(TIMEOUT)
        .until(() -> messages().stream().anyMatch(AgentMessage.Refused.class::isInstance));
    int before = samples().size();
    await().atMost(TIMEOUT).until(() -> samples().size() > before);
  }

  @Test
  void namesTheInvalidVariable() throws IOException, InterruptedException {
    // When
    start(Map.of("PODIUM_SAMPLE_MILLIS", "soon"));

    // Then
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("errors")))
        .contains("PODIUM_SAMPLE_MILLIS is not a whole number above 0: soon");
  }

  private void start(Map<String, String> more) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx48m",
            "-cp",
            System.getProperty("java.class.path"),
            CollectorMain.class.getName());
    builder
        .environment()
        .putAll(
            Map.of(
                "PODIUM_RUN_UID", "run",
                "PODIUM_POD_UID", "pod",
                "PODIUM_SAMPLE_MILLIS", "50",
                "PODIUM_SAMPLES_KEPT", "1000",
                "PODIUM_COMMAND_FILE", folder.resolve("command").toString()));
    builder.environment().putAll(more);
    builder.redirectOutput(folder.resolve("log").toFile());
    builder.redirectError(folder.resolve("errors").toFile());
    process = builder.start();
  }

  private void command(Command command) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), codec.encodeCommand(command));
    Files.move(next, folder.resolve("command"), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<AgentMessage.Sample> samples() {
    return messages().stream()
        .filter(AgentMessage.Sample.class::isInstance)
        .map(AgentMessage.Sample.class::cast)
        .toList();
  }

  private List<AgentMessage> messages() {
    try {
      String log = Files.readString(folder.resolve("log"));
      return log.substring(0, log.lastIndexOf('\n') + 1).lines().map(this::message).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AgentMessage message(String text) {
    return switch (codec.decodeLine(text)) {
      case DecodedMessage.Read(Envelope line) -> line.message();
      case DecodedMessage.Unreadable(String reason) ->
          throw new AssertionError(reason + ": " + text);
    };
  }
}
