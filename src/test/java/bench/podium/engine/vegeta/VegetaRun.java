package bench.podium.engine.vegeta;

import bench.podium.domain.measurement.ConsistencyChecks;
import bench.podium.domain.measurement.StepMeasurement;
import bench.podium.domain.measurement.Violation;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.EngineResult;
import bench.podium.engine.GatedRun;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.PreparedLoad;
import bench.podium.engine.SequenceNumbers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An open load of one second, with methods to change it. */
record VegetaRun(
    URI target,
    Workload workload,
    LoadShare load,
    int worker,
    int workers,
    Duration timeout,
    Duration warmup,
    Duration duration) {

  /** Built by Maven. */
  private static final Path EXECUTABLE = Path.of("target/engines/podium-vegeta").toAbsolutePath();

  // Loads classes now, because the lead before T0 only covers the start of the program.
  static {
    VegetaRun any = of(URI.create("http://127.0.0.1:1"), 1);
    VegetaPlan.json(Instant.EPOCH, any.assignment(), new LoadShare.Rate(1, 1), EXECUTABLE);
  }

  static VegetaRun of(URI target, int rate) {
    return new VegetaRun(
        target,
        get("/"),
        new LoadShare.Rate(rate, rate),
        0,
        1,
        Duration.ofSeconds(2),
        Duration.ZERO,
        Duration.ofSeconds(1));
  }

  static Workload get(String path) {
    return new Workload(List.of(request("GET", path, "", 1)), 42, true, Map.of("X-Env-ID", "env"));
  }

  static Workload.Request request(String method, String path, String body, int weight) {
    return new Workload.Request(
        method.toLowerCase(Locale.ROOT),
        method,
        RequestTemplate.parse(path),
        body.isEmpty() ? Map.of() : Map.of("Content-Type", RequestTemplate.parse("text/plain")),
        RequestTemplate.parse(body),
        weight);
  }

  VegetaRun with(Workload other) {
    return new VegetaRun(target, other, load, worker, workers, timeout, warmup, duration);
  }

  VegetaRun ramp(int from, int to, Duration length) {
    return new VegetaRun(
        target, workload, new LoadShare.Rate(from, to), worker, workers, timeout, warmup, length);
  }

  VegetaRun worker(int index, int count) {
    return new VegetaRun(target, workload, load, index, count, timeout, warmup, duration);
  }

  VegetaRun warmup(Duration length) {
    return new VegetaRun(target, workload, load, worker, workers, timeout, length, duration);
  }

  VegetaRun timeout(Duration length) {
    return new VegetaRun(target, workload, load, worker, workers, length, warmup, duration);
  }

  LoadAssignment assignment() {
    return new LoadAssignment(
        worker,
        workers,
        workload,
        target,
        load,
        1,
        timeout,
        warmup,
        duration,
        new SequenceNumbers(1, worker, workers, 1, false));
  }

  PreparedLoad prepare(Instant t0, Path directory) throws IOException {
    return prepare(t0, assignment(), directory);
  }

  static PreparedLoad prepare(Instant t0, LoadAssignment assignment, Path directory)
      throws IOException {
    return new VegetaEngine(EXECUTABLE.toString(), Files.createDirectories(directory))
        .prepare(t0, assignment, directory);
  }

  EngineResult run(Path directory) throws Exception {
    return run(GatedRun.soon(), directory);
  }

  EngineResult run(Instant t0, Path directory) throws Exception {
    return GatedRun.result(prepare(t0, directory));
  }

  static List<Violation> violations(WorkerMeasurement worker) {
    return new ConsistencyChecks(1, Duration.ofMillis(50), true, true)
        .check(List.of(worker), StepMeasurement.merge(List.of(worker)));
  }
}
