package bench.podium.worker;

import bench.podium.domain.plan.Workload;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import bench.podium.protocol.DecodedMessage;
import bench.podium.protocol.Envelope;
import bench.podium.protocol.ProtocolCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The worker in a child process, with a command file. */
final class WorkerProcess implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final ProtocolCodec codec = new ProtocolCodec();
  private final Path directory;
  private final Path log;
  private final Process process;

  WorkerProcess(Path directory, Workload workload) throws IOException {
    this.directory = directory;
    this.log = directory.resolve("log");
    Files.writeString(directory.resolve("workload.json"), codec.encodeWorkload(workload));
    Files.createDirectories(directory.resolve("work"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx48m",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            WorkerMain.class.getName());
    builder
        .environment()
        .putAll(
            Map.of(
                "PODIUM_RUN_UID", "run",
                "PODIUM_POD_UID", "pod",
                "PODIUM_WORKER_INDEX", "0",
                "PODIUM_WORKERS", "1",
                "PODIUM_COMMAND_FILE", directory.resolve("command").toString(),
                "PODIUM_WORKLOAD_FILE", directory.resolve("workload.json").toString(),
                "PODIUM_WORK_DIR", directory.resolve("work").toString()));
    process =
        builder.redirectOutput(log.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Replaces the command file atomically, as the kubelet does. */
  void command(Command command) throws IOException {
    raw(codec.encodeCommand(command));
  }

  void raw(String text) throws IOException {
    Path next = directory.resolve("command.next");
    Files.writeString(next, text);
    Files.move(next, directory.resolve("command"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes a command to standard input, as the kubelet does for an attached client. */
  void write(Command command) throws IOException {
    process
        .getOutputStream()
        .write((codec.encodeCommand(command) + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  List<Envelope> lines() throws IOException {
    List<Envelope> lines = new ArrayList<>();
    String text = Files.readString(log);
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      switch (codec.decodeLine(line)) {
        case DecodedMessage.Read(Envelope read) -> lines.add(read);
        case DecodedMessage.Unreadable(String reason) ->
            throw new AssertionError(reason + ": " + line);
      }
    }
    return lines;
  }

  <F extends AgentMessage> List<F> messages(Class<F> kind) throws IOException {
    return lines().stream()
        .map(Envelope::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** Waits for the first message of this kind. */
  <F extends AgentMessage> F await(Class<F> kind) {
    return await(kind, 1).getLast();
  }

  <F extends AgentMessage> List<F> await(Class<F> kind, int count) {
    return Awaitility.await(kind.getSimpleName())
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> messages(kind), messages -> messages.size() >= count);
  }

  int awaitEnd() throws InterruptedException {
    Awaitility.await().atMost(TIMEOUT).until(() -> !process.isAlive());
    return process.exitValue();
  }

  void terminate() {
    process.destroy();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
