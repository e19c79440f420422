package bench.podium.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import bench.podium.domain.measurement.ClockReading;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the processes of a real engine like a worker. */
public final class GatedRun {

  private static final ClockReading CLOCK = new ClockReading("boot", true, 0);

  /** Enough for an engine to start on a busy machine. */
  private static final Duration LEAD = Duration.ofMillis(800);

  private GatedRun() {}

  /** A T0 that leaves enough time for the engine to start. */
  public static Instant soon() {
    return Instant.now().plus(LEAD);
  }

  /** Starts all processes immediately; each waits for its own start time. */
  public static List<Process> start(PreparedLoad load) {
    List<Process> processes = new ArrayList<>();
    for (PreparedProcess process : load.processes()) {
      try {
        processes.add(
            new ProcessBuilder(process.command())
                .directory(process.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(process.output().toFile())
                .start());
      } catch (IOException e) {
        fail("the engines must be installed, as by `make check`: " + e.getMessage());
      }
    }
    return processes;
  }

  /** Waits for the end of a process and returns its exit status. */
  public static int await(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the engine ends").isTrue();
    return process.exitValue();
  }

  /** Runs all processes to a successful end and returns the result. */
  public static EngineResult result(PreparedLoad load) throws Exception {
    for (Process process : start(load)) {
      int status = await(process);
      assertThat(status).as(Files.readString(load.processes().getLast().output())).isZero();
    }
    return load.result(CLOCK);
  }
}
