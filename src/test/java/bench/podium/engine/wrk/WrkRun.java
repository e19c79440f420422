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

/** Runs the real wrk like a worker. */
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

  static LoadAssignment assignment(URI target, Workload workload, int connections, int threads) {
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

  /** The assignment of one worker out of several, of which the others do not run. */
  static LoadAssignment oneOf(int workers, LoadAssignment assignment) {
    return of(assignment, workers, assignment.timeout(), assignment.duration());
  }

  static LoadAssignment withTimes(LoadAssignment assignment, long timeoutSeconds, long seconds) {
    return of(
        assignment,
        assignment.workers(),
        Duration.ofSeconds(timeoutSeconds),
        Duration.ofSeconds(seconds));
  }

  private static LoadAssignment of(
      LoadAssignment assignment, int workers, Duration timeout, Duration duration) {
    return new LoadAssignment(
        assignment.worker(),
        workers,
        assignment.workload(),
        assignment.target(),
        assignment.load(),
        assignment.threads(),
        timeout,
        assignment.warmup(),
        duration,
        assignment.sequence());
  }

  static PreparedLoad prepare(Instant t0, LoadAssignment assignment, Path directory)
      throws IOException {
    return new WrkEngine("wrk", directory).prepare(t0, assignment, directory);
  }

  static EngineResult run(LoadAssignment assignment, Path directory) throws Exception {
    return run(GatedRun.soon(), assignment, directory);
  }

  static EngineResult run(Instant t0, LoadAssignment assignment, Path directory) throws Exception {
    return GatedRun.result(prepare(t0, assignment, directory));
  }

  static List<Violation> violations(LoadAssignment assignment, WorkerMeasurement worker) {
    return new ConsistencyChecks(1, Duration.ofMillis(50), assignment.workload().keepAlive(), true)
        .check(List.of(worker), StepMeasurement.merge(List.of(worker)));
  }
}
