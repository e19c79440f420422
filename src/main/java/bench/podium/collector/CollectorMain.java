package bench.podium.collector;

import bench.podium.agent.AgentRuntime;
import bench.podium.agent.CommandFile;
import bench.podium.agent.CommandInput;
import bench.podium.agent.Commands;
import bench.podium.agent.MessageWriter;
import bench.podium.protocol.ProtocolCodec;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;

/**
 * Main class of the collector sidecar: samples the processes of its pod, reads commands from a file
 * and standard input, and writes messages to standard output. It makes no network connections.
 */
public final class CollectorMain {

  private static final Path PROC = Path.of("/proc");

  private CollectorMain() {}

  /** Returns immediately; the process runs until it is terminated. */
  public static void main(String[] arguments) {
    CollectorSettings settings = AgentRuntime.settings(CollectorSettings::of);
    ProtocolCodec codec = new ProtocolCodec();
    Clock clock = Clock.systemUTC();
    PrintStream out = AgentRuntime.output();
    new CollectorLoop(
            new Commands(new CommandFile(settings.commandFile()), CommandInput.of(System.in)),
            codec,
            new TargetProcesses(PROC, self()),
            new SampleRing(settings.capacity()),
            new MessageWriter(settings.sender(), codec, clock, out),
            clock,
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("collector").factory()))
        .start(settings.every());
  }

  private static CollectorProcess self() {
    try {
      return CollectorProcess.read(PROC, ProcessHandle.current().pid());
    } catch (IOException e) {
      throw new UncheckedIOException("/proc cannot be read", e);
    }
  }
}
