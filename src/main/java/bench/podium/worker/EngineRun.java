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

/** The processes of one attempt's load. For one thread. */
final class EngineRun {

  private static final int LAST_WORDS_BYTES = 4096;

  /** The threads of wrk look each 100 ms whether they are to stop. */
  private static final Duration INTERRUPTED = Duration.ofMillis(300);

  private static final Duration KILLED = Duration.ofSeconds(1);

  private final PreparedLoad load;
  private final List<PreparedProcess> planned;
  private final Process[] started;
  private final EngineCpu cpu;
  private final Instant measuredFrom;
  private final Runnable whenEnded;

  /**
   * @param measuredFrom when the measured part begins, which is the last process's
   * @param whenEnded is called by another thread at the end of each process
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

  /** Starts what may run by now: parked inside themselves, or past their gate. */
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

  /** To be called again and again while it runs. */
  void sampleCpu(Instant now) {
    Process measured = started[started.length - 1];
    if (measured != null && measured.isAlive() && !now.isBefore(measuredFrom)) {
      cpu.look(measured.pid(), now);
    }
  }

  /** How the measured part was served with CPU time, as far as that is known. */
  Optional<EngineCpuUsage> cpu() {
    return cpu.read();
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

  /** Of the first process that failed. */
  Optional<ExitMeaning> failure() {
    return IntStream.range(0, started.length)
        .filter(i -> started[i] != null && !started[i].isAlive() && started[i].exitValue() != 0)
        .mapToObj(i -> meaning(i))
        .findFirst();
  }

  private ExitMeaning meaning(int process) {
    PreparedProcess of = planned.get(process);
    return load.meaningOf(of, started[process].exitValue(), unarmedWorkers(of));
  }

  /** A process that prints without an end. */
  boolean isTooLoud() {
    return planned.stream()
        .map(process -> process.output().toFile())
        .anyMatch(output -> output.length() > PreparedProcess.MAX_OUTPUT_BYTES);
  }

  private static String unarmedWorkers(PreparedProcess process) {
    try {
      return RegularFile.text(process.output(), LAST_WORDS_BYTES);
    } catch (IOException e) {
      return "its output cannot be read: " + e.getMessage();
    }
  }

  boolean isDone() {
    return IntStream.range(0, started.length)
        .allMatch(i -> started[i] != null && !started[i].isAlive());
  }

  /**
   * Returns once they are gone, so that they send nothing any more. One that waits for its gate is
   * killed before it opens. One that sends is interrupted first: killed between its count of a
   * request and the request itself it would have sent one less than it says.
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
    sending.forEach(process -> awaitEnd(process, INTERRUPTED));
    for (Process process : started) {
      if (process != null && process.isAlive()) {
        process.destroyForcibly();
        awaitEnd(process, KILLED);
      }
    }
  }

  private static void awaitEnd(Process process, Duration atMost) {
    try {
      process.onExit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // A killed process that lingers in the kernel sends nothing either.
    }
  }
}
