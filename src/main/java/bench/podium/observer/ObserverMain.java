package bench.podium.observer;

import bench.podium.pod.CommandFile;
import bench.podium.pod.CommandInput;
import bench.podium.pod.Commands;
import bench.podium.pod.LineWriter;
import bench.podium.pod.PodProgram;
import bench.podium.wire.WireCodec;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;

/**
 * The sidecar's program: looks at the processes of its pod, reads commands from a file, says facts
 * on standard output. It talks to nobody.
 */
public final class ObserverMain {

  private static final Path PROC = Path.of("/proc");

  private ObserverMain() {}

  /** Returns at once; the process goes on until it is asked to end. */
  public static void main(String[] arguments) {
    ObserverSettings settings = PodProgram.settings(ObserverSettings::of);
    WireCodec codec = new WireCodec();
    Clock clock = Clock.systemUTC();
    PrintStream out = PodProgram.output();
    new ObserverLoop(
            new Commands(new CommandFile(settings.commandFile()), CommandInput.of(System.in)),
            codec,
            new TargetProcesses(PROC, self()),
            new SampleRing(settings.kept()),
            new LineWriter(settings.speaker(), codec, clock, out),
            clock,
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("observer").factory()))
        .start(settings.every());
  }

  private static OwnProcess self() {
    try {
      return OwnProcess.read(PROC, ProcessHandle.current().pid());
    } catch (IOException e) {
      throw new UncheckedIOException("/proc cannot be read", e);
    }
  }
}
