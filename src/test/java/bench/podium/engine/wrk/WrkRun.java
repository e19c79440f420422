package bench.podium.engine.wrk;

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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs the real wrk as a worker would. */
final class WrkRun {

  private WrkRun() {}

  static Workload get(String path) {
    return workload(
        new Workload.Request(
            "get", "GET", RequestTemplate.parse(path), Map.of(), RequestTemplate.parse(""), 1));
  }

  static Workload workload(Workload.Request... requests) {
    return new Workload(List.of(requests), 42, true, Map.of("X-Env-ID", "env"));
  }

  static LoadAssignment order(URI target, Workload workload, int connections, int threads) {
    return new LoadAssignment(
        0,
        1,
        workload,
        target,
        new LoadShare.Connections(connections),
        threads,
        Duration.ofSeconds(2),
        Duration.ZERO,
        Duration.ofSeconds(1),
        new SequenceNumbers(1, 0, 1, threads, false));
  }

  /** The share of one of so many workers, which are not there. */
  static LoadAssignment oneOf(int workers, LoadAssignment order) {
    return of(order, workers, order.timeout(), order.duration());
  }

  static LoadAssignment withTimes(LoadAssignment order, long timeoutSeconds, long seconds) {
    return of(
        order, order.workers(), Duration.ofSeconds(timeoutSeconds), Duration.ofSeconds(seconds));
  }

  private static LoadAssignment of(
      LoadAssignment order, int workers, Duration timeout, Duration duration) {
    return new LoadAssignment(
        order.worker(),
        workers,
        order.workload(),
        order.target(),
        order.load(),
        order.threads(),
        timeout,
        order.warmup(),
        duration,
        order.sequence());
  }

  static PreparedLoad prepare(Instant t0, LoadAssignment order, Path directory)
      throws IOException {
    return new WrkEngine("wrk", directory).prepare(t0, order, directory);
  }

  static EngineResult run(LoadAssignment order, Path directory) throws Exception {
    return run(GatedRun.soon(), order, directory);
  }

  static EngineResult run(Instant t0, LoadAssignment order, Path directory) throws Exception {
    return GatedRun.result(prepare(t0, order, directory));
  }

  static List<Violation> violations(LoadAssignment order, WorkerMeasurement worker) {
    return new ConsistencyChecks(1, Duration.ofMillis(50), order.workload().keepAlive(), true)
        .check(List.of(worker), StepMeasurement.merge(List.of(worker)));
  }
}
