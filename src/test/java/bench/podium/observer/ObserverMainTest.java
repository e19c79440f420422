package bench.podium.observer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.wire.Command;
import bench.podium.wire.DecodedLine;
import bench.podium.wire.Fact;
import bench.podium.wire.Line;
import bench.podium.wire.WireCodec;
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

/** The observer's program in a process of its own, commanded through a file. */
class ObserverMainTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final WireCodec codec = new WireCodec();

  @TempDir Path folder;

  private Process process;

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void looksAgainAndAgainWithoutAGap() throws IOException {
    // When
    start(Map.of());

    // Then
    await().atMost(PATIENCE).until(() -> samples().size() >= 5);
    assertThat(samples()).extracting(Fact.Sample::index).startsWith(0L, 1L, 2L, 3L, 4L);
    // It runs among this machine's processes: those that run for long have used some time.
    assertThat(samples().getLast().cpuMicros()).isPositive();
    assertThat(samples().getLast().memoryBytes()).isPositive();
    assertThat(samples().getLast().threads()).isPositive();
  }

  @Test
  void repeatsWhatItStillKeepsOfATimeAndSaysThatItHas() throws IOException {
    // Given
    start(Map.of("PODIUM_SAMPLES_KEPT", "3"));
    await().atMost(PATIENCE).until(() -> samples().size() >= 6);

    // When
    command(new Command.RepeatSamples(2, 1, 0, Long.MAX_VALUE / 2, 4));

    // Then
    await().atMost(PATIENCE).until(() -> facts().contains(new Fact.Repeated(2, 1, 4)));
    List<Fact> facts = facts();
    int end = facts.indexOf(new Fact.Repeated(2, 1, 4));
    List<Fact> repeated = facts.subList(end - 3, end);
    assertThat(repeated).allMatch(Fact.Sample.class::isInstance);
    assertThat(facts.subList(0, end - 3)).containsAll(repeated);
  }

  @Test
  void saysByeOnceAndStaysSilentWithoutEnding() throws IOException {
    // Given
    start(Map.of());
    await().atMost(PATIENCE).until(() -> !samples().isEmpty());

    // When
    command(new Command.Finish());

    // Then
    await().atMost(PATIENCE).until(() -> facts().contains(new Fact.Bye()));
    await().during(Duration.ofMillis(500)).until(() -> facts().getLast() instanceof Fact.Bye);
    assertThat(process.isAlive()).as("a sidecar that ended would be started again").isTrue();
  }

  @Test
  void refusesWhatIsMeantForALoadPodAndGoesOn() throws IOException {
    // Given
    start(Map.of());

    // When
    command(new Command.Repeat(0, 1, 0));

    // Then
    await().atMost(PATIENCE).until(() -> facts().stream().anyMatch(Fact.Refused.class::isInstance));
    int before = samples().size();
    await().atMost(PATIENCE).until(() -> samples().size() > before);
  }

  @Test
  void namesTheVariableThatIsWrong() throws IOException, InterruptedException {
    // When
    start(Map.of("PODIUM_SAMPLE_MILLIS", "soon"));

    // Then
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("errors")))
        .contains("PODIUM_SAMPLE_MILLIS is no whole number above 0: soon");
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
            ObserverMain.class.getName());
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

  private List<Fact.Sample> samples() {
    return facts().stream()
        .filter(Fact.Sample.class::isInstance)
        .map(Fact.Sample.class::cast)
        .toList();
  }

  private List<Fact> facts() {
    try {
      String log = Files.readString(folder.resolve("log"));
      return log.substring(0, log.lastIndexOf('\n') + 1).lines().map(this::fact).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Fact fact(String text) {
    return switch (codec.decodeLine(text)) {
      case DecodedLine.Read(Line line) -> line.fact();
      case DecodedLine.Unreadable(String reason) -> throw new AssertionError(reason + ": " + text);
    };
  }
}
