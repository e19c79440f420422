package bench.podium.worker;

import bench.podium.domain.measurement.EngineCpuUsage;
import bench.podium.engine.ExitMeaning;
import bench.podium.engine.PreparedLoad;
import bench.podium.engine.PreparedProcess;
import bench.podium.engine.RegularFile;
import bench.podium.engine.StartGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** The engine's processes of one attempt. Not thread-safe. */
final class EngineRun {

  private static final int LAST_OUTPUT_BYTES = 4096;

  /** Time for a graceful stop; the threads of wrk check every 100 ms whether to stop. */
  private static final Duration INTERRUPT_TIMEOUT = Duration.ofMillis(300);

  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(1);

  private final PreparedLoad load;
  private final List<PreparedProcess> planned;
  private final Process[] started;
  private final EngineCpu cpu;
  private final Instant measuredFrom;
  private final Runnable whenEnded;

  /**
   * @param measuredFrom start of the measured part, which the last process carries out
   * @param whenEnded called on another thread when a process ends
   */
  EngineRun(PreparedLoad load, EngineCpu cpu, Instant measuredFrom, Runnable whenEnded) {
    this.load = load;
    this.cpu = cpu;
    this.measuredFrom = measuredFrom;
    this.whenEnded = whenEnded;
    this.planned = load.processes();
    this.started = new Process[planned.size()];
  }

  PreparedLoad load() {
    return load;
  }

  /**
   * Starts the processes that are due: those that wait for T0 themselves, and those whose start
   * time has come.
   */
  void startDue(Instant now) throws IOException {
    for (int i = 0; i < started.length; i++) {
      PreparedProcess process = planned.get(i);
      boolean due =
          switch (process.startGate()) {
            case StartGate.SelfTimed _ -> true;
            case StartGate.StartedAtT0 _ -> !now.isBefore(process.opens());
          };
      if (started[i] == null && due) {
        started[i] = start(process);
        var _ = started[i].onExit().thenRun(whenEnded);
      }
    }
  }

  /** Takes a CPU sample; to be called repeatedly while the processes run. */
  void sampleCpu(Instant now) {
    Process measured = started[started.length - 1];
    if (measured != null && measured.isAlive() && !now.isBefore(measuredFrom)) {
      cpu.sample(measured.pid(), now);
    }
  }

  /** CPU usage during the measured part, if known. */
  Optional<EngineCpuUsage> cpu() {
    return cpu.usage();
  }

  private static Process start(PreparedProcess process) throws IOException {
    return new ProcessBuilder(process.command())
        .directory(process.directory().toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(process.output().toFile())
        .start();
  }

  boolean isParked() {
    return planned.stream()
        .allMatch(
            process ->
                switch (process.startGate()) {
                  case StartGate.SelfTimed(Path parked) -> Files.exists(parked);
                  case StartGate.StartedAtT0 _ -> true;
                });
  }

  /** The meaning of the first failed process's exit code. */
  Optional<ExitMeaning> failure() {
    return IntStream.range(0, started.length)
        .filter(i -> started[i] != null && !started[i].isAlive() && started[i].exitValue() != 0)
        .mapToObj(i -> meaning(i))
        .findFirst();
  }

  private ExitMeaning meaning(int process) {
    PreparedProcess of = planned.get(process);
    return load.meaningOf(of, started[process].exitValue(), lastOutput(of));
  }

  /** Whether a process has printed more than the permitted output. */
  boolean exceedsOutputLimit() {
    return planned.stream()
        .map(process -> process.output().toFile())
        .anyMatch(output -> output.length() > PreparedProcess.MAX_OUTPUT_BYTES);
  }

  private static String lastOutput(PreparedProcess process) {
    try {
      return RegularFile.text(process.output(), LAST_OUTPUT_BYTES);
    } catch (IOException e) {
      return "its output cannot be read: " + e.getMessage();
    }
  }

  boolean isDone() {
    return IntStream.range(0, started.length)
        .allMatch(i -> started[i] != null && !started[i].isAlive());
  }

  /**
   * Ends the processes and waits until they have ended, so that nothing more is sent.
   *
   * <p>A process that still waits for its start is killed. One that is sending is interrupted
   * first: killed between counting a request and sending it, it would have sent one request less
   * than it counted.
   */
  void kill(Instant now) {
    List<Process> sending = new ArrayList<>();
    for (int i = 0; i < started.length; i++) {
      if (started[i] != null && started[i].isAlive()) {
        if (now.isBefore(planned.get(i).opens())) {
          started[i].destroyForcibly();
        } else {
          sending.add(started[i]);
        }
      }
    }
    sending.forEach(Interrupts::send);
    sending.forEach(process -> awaitEnd(process, INTERRUPT_TIMEOUT));
    for (Process process : started) {
      if (process != null && process.isAlive()) {
        process.destroyForcibly();
        awaitEnd(process, KILL_TIMEOUT);
      }
    }
  }

  private static void awaitEnd(Process process, Duration timeout) {
    try {
      process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // A killed process that the kernel has not removed yet sends nothing either.
    }
  }
}
