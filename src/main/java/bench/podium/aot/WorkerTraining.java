package bench.podium.aot;

import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.Workload;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import bench.podium.protocol.DecodedMessage;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the worker's AOT cache: the worker carries out a step against a server in this program.
 * Like the worker, this program needs {@code java.base} only.
 */
public final class WorkerTraining {

  private static final Duration LEAD = Duration.ofSeconds(3);
  private static final int PROBE_RATE = 10;
  private static final byte[] REPLY =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  private WorkerTraining() {}

  /**
   * @param arguments the cache file to write, then the worker's command
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("training");
    SimulatedAnnotation annotation = new SimulatedAnnotation(folder);
    ProtocolCodec codec = new ProtocolCodec();
    Files.writeString(folder.resolve("workload"), codec.encodeWorkload(workload()));
    try (ServerSocket target = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        RecordedProgram worker = new RecordedProgram(arguments, environment(folder, annotation));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(worker.output(), StandardCharsets.UTF_8))) {
      Thread.ofPlatform().daemon().start(() -> accept(target));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(line);
        switch (codec.decodeLine(line)) {
          case DecodedMessage.Read(var read) ->
              answer(read.message(), target.getLocalPort())
                  .ifPresent(command -> annotation.write(codec.encodeCommand(command)));
          case DecodedMessage.Unreadable _ -> {}
        }
      }
      worker.awaitCache();
    }
  }

  /**
   * The command that answers a message. A late worker is armed again, because a machine that builds
   * images may be slow.
   */
  private static Optional<Command> answer(AgentMessage message, int port) {
    return switch (message) {
      case AgentMessage.Started _ -> Optional.of(arm(1, port));
      case AgentMessage.Late(int _, int attempt) -> Optional.of(arm(attempt + 1, port));
      case AgentMessage.ResultPart _ -> Optional.of(new Command.Finish());
      case AgentMessage.Failed failed -> throw new IllegalStateException(failed.reason());
      default -> Optional.empty();
    };
  }

  private static Workload workload() {
    return new Workload(
        List.of(
            new Workload.Request(
                "read",
                "GET",
                RequestTemplate.parse("/@{seq}"),
                Map.of(),
                RequestTemplate.parse(""),
                1)),
        1,
        true,
        Map.of());
  }

  private static Map<String, String> environment(Path folder, SimulatedAnnotation annotation) {
    return Map.of(
        "PODIUM_RUN_UID", "training",
        "PODIUM_POD_UID", "training",
        "PODIUM_WORKERS", "1",
        "JOB_COMPLETION_INDEX", "0",
        "PODIUM_COMMAND_FILE", annotation.file().toString(),
        "PODIUM_WORKLOAD_FILE", folder.resolve("workload").toString(),
        "PODIUM_WORK_DIR", folder.toString());
  }

  /** An attempt that uses both engines: wrk for the load, vegeta for the probe. */
  private static Command.Arm arm(int attempt, int port) {
    long t0 = EpochMicros.of(Clock.systemUTC().instant().plus(LEAD));
    return new Command.Arm(
        0,
        attempt,
        "http://127.0.0.1:" + port,
        "/",
        EngineKind.WRK,
        new LoadShare.Connections(2),
        1,
        1000,
        1000,
        1000,
        Optional.of(PROBE_RATE),
        t0,
        1);
  }

  private static void accept(ServerSocket target) {
    while (!target.isClosed()) {
      try {
        Socket connection = target.accept();
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          connection.getOutputStream().write(REPLY);
        }
      }
    } catch (IOException e) {
      // The engine has closed the connection.
    }
  }
}
