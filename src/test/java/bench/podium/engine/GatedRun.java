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

/** Runs a real engine's processes as a worker would. */
public final class GatedRun {

  private static final ClockReading CLOCK = new ClockReading("boot", true, 0);

  /** Enough for an engine to start on a busy machine. */
  private static final Duration LEAD = Duration.ofMillis(800);

  private GatedRun() {}

  /** For T0. */
  public static Instant soon() {
    return Instant.now().plus(LEAD);
  }

  /** All at once, each behind its own gate. */
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
        fail("the engines must be there (`make check` sees to it): " + e.getMessage());
      }
    }
    return processes;
  }

  /** The exit status. */
  public static int await(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the engine ends").isTrue();
    return process.exitValue();
  }

  /** Of processes that all end well. */
  public static EngineResult result(PreparedLoad load) throws Exception {
    for (Process process : start(load)) {
      int status = await(process);
      assertThat(status).as(Files.readString(load.processes().getLast().output())).isZero();
    }
    return load.result(CLOCK);
  }
}
