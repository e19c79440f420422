package bench.podium.engine.wrk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import bench.podium.domain.measure.BrokenLaw;
import bench.podium.domain.measure.ClockReading;
import bench.podium.domain.measure.ConsistencyLaws;
import bench.podium.domain.measure.StepMeasurement;
import bench.podium.domain.measure.WorkerMeasurement;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.EngineResult;
import bench.podium.engine.GatedLoad;
import bench.podium.engine.GatedProcess;
import bench.podium.engine.LoadOrder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the real wrk as a worker would. */
final class WrkRun {

  static final ClockReading CLOCK = new ClockReading("boot", true, 0);

  /** Enough for wrk to start on a busy machine. */
  private static final Duration LEAD = Duration.ofMillis(400);

  private WrkRun() {}

  static Workload get(String path) {
    return workload(
        new Workload.Request(
            "get", "GET", RequestTemplate.parse(path), Map.of(), RequestTemplate.parse(""), 1));
  }

  static Workload workload(Workload.Request... requests) {
    return new Workload(List.of(requests), 42, true, Map.of("X-Env-ID", "env"));
  }

  static LoadOrder order(URI target, Workload workload, int connections, int threads) {
    return new LoadOrder(
        0,
        1,
        workload,
        target,
        connections,
        threads,
        Duration.ofSeconds(2),
        Duration.ZERO,
        Duration.ofSeconds(1));
  }

  static Instant soon() {
    return Instant.now().plus(LEAD);
  }

  static GatedLoad gate(Instant t0, LoadOrder order, Path directory) throws IOException {
    return new WrkEngine("wrk", directory).gate(t0, order, directory);
  }

  static List<Process> start(GatedLoad load) {
    List<Process> processes = new ArrayList<>();
    for (GatedProcess process : load.processes()) {
      try {
        processes.add(
            new ProcessBuilder(process.command())
                .directory(process.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(process.output().toFile())
                .start());
      } catch (IOException e) {
        fail("wrk 4.1 must be installed for this test (apt-get install wrk): " + e.getMessage());
      }
    }
    return processes;
  }

  static int await(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("wrk ends").isTrue();
    return process.exitValue();
  }

  static EngineResult run(LoadOrder order, Path directory) throws Exception {
    return run(soon(), order, directory);
  }

  static EngineResult run(Instant t0, LoadOrder order, Path directory) throws Exception {
    GatedLoad load = gate(t0, order, directory);
    for (Process process : start(load)) {
      int status = await(process);
      assertThat(status).as(Files.readString(load.processes().getLast().output())).isZero();
    }
    return load.result(CLOCK);
  }

  static List<BrokenLaw> brokenLaws(LoadOrder order, WorkerMeasurement worker) {
    return new ConsistencyLaws(1, Duration.ofMillis(50), order.workload().keepAlive())
        .check(List.of(worker), StepMeasurement.merge(List.of(worker)));
  }
}
