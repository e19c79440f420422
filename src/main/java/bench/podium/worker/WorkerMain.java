package bench.podium.worker;

import bench.podium.engine.vegeta.VegetaEngine;
import bench.podium.engine.wrk.WrkEngine;
import bench.podium.pod.CommandFile;
import bench.podium.pod.CommandInput;
import bench.podium.pod.Commands;
import bench.podium.pod.LineWriter;
import bench.podium.pod.PodProgram;
import bench.podium.wire.Fact;
import bench.podium.wire.WireCodec;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The load pod's program: reads commands from a file, says facts on standard output. It talks to
 * nobody but the target.
 */
public final class WorkerMain {

  private static final Duration READINESS_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration TERMINATION = Duration.ofSeconds(1);
  private static final Path MEMORY_FILES = Path.of("/dev/shm");

  private WorkerMain() {}

  /** Ends with 0 once it was told to finish. */
  public static void main(String[] arguments) throws InterruptedException {
    // A Service's name may be unknown until a moment ago, and mean another address from now on.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Security.setProperty("networkaddress.cache.ttl", "1");
    WorkerSettings settings = PodProgram.settings(WorkerSettings::of);
    KernelClock kernelClock = new KernelClock();
    WorkerLoop loop = loop(settings, kernelClock, Clock.systemUTC());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> terminate(loop)));
    loop.start(new Fact.Started(kernelClock.read()));
    loop.awaitExit();
    Runtime.getRuntime().halt(0);
  }

  private static WorkerLoop loop(WorkerSettings settings, KernelClock kernelClock, Clock clock) {
    WireCodec codec = new WireCodec();
    PrintStream out = PodProgram.output();
    Path counters = Files.isWritable(MEMORY_FILES) ? MEMORY_FILES : settings.workDirectory();
    Engines engines =
        new Engines(new WrkEngine("wrk", counters), new VegetaEngine("podium-vegeta", counters));
    return new WorkerLoop(
        new Commands(new CommandFile(settings.commandFile()), CommandInput.of(System.in)),
        codec,
        new HttpReadiness(READINESS_TIMEOUT),
        new EngineSupervisor(engines, settings, codec, kernelClock, clock),
        new LineWriter(settings.speaker(), codec, clock, out),
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
