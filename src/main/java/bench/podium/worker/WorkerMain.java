package bench.podium.worker;

import bench.podium.agent.AgentRuntime;
import bench.podium.agent.CommandFile;
import bench.podium.agent.CommandInput;
import bench.podium.agent.Commands;
import bench.podium.agent.MessageWriter;
import bench.podium.engine.vegeta.VegetaEngine;
import bench.podium.engine.wrk.WrkEngine;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.ProtocolCodec;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Main class of the worker: reads commands from a file and standard input, and writes messages to
 * standard output. Its only network connections are those to the target.
 */
public final class WorkerMain {

  private static final Duration READINESS_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration TERMINATION = Duration.ofSeconds(1);
  private static final Path MEMORY_FILES = Path.of("/dev/shm");

  private WorkerMain() {}

  /** Exits with code 0 after the finish command. */
  public static void main(String[] arguments) throws InterruptedException {
    // A Service may have been created a moment ago, or get another address.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Security.setProperty("networkaddress.cache.ttl", "1");
    WorkerSettings settings = AgentRuntime.settings(WorkerSettings::of);
    KernelClock kernelClock = new KernelClock();
    WorkerLoop loop = loop(settings, kernelClock, Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> terminate(loop)));
    loop.start(new AgentMessage.Started(kernelClock.read()));
    loop.awaitExit();
    Runtime.getRuntime().halt(0);
  }

  private static WorkerLoop loop(WorkerSettings settings, KernelClock kernelClock, Clock clock) {
    ProtocolCodec codec = new ProtocolCodec();
    PrintStream out = AgentRuntime.output();
    Path counters = Files.isWritable(MEMORY_FILES) ? MEMORY_FILES : settings.workDirectory();
    Engines engines =
        new Engines(new WrkEngine("wrk", counters), new VegetaEngine("podium-vegeta", counters));
    return new WorkerLoop(
        new Commands(new CommandFile(settings.commandFile()), CommandInput.of(System.in)),
        codec,
        new HttpReadiness(READINESS_TIMEOUT),
        new EngineSupervisor(engines, settings, codec, kernelClock, clock),
        new MessageWriter(settings.sender(), codec, clock, out),
        clock,
        thread("worker"),
        thread("readiness"));
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name(name).daemon().factory());
  }

  private static void terminate(WorkerLoop loop) {
    try {
      loop.terminate(TERMINATION);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
