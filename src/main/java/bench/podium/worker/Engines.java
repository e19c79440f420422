package bench.podium.worker;

import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoadEngine;
import bench.podium.engine.PreparedLoad;
import bench.podium.engine.ProbedLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The load generators that are available in a worker. */
record Engines(LoadEngine wrk, LoadEngine vegeta) {

  /**
   * Prepares the load of an attempt.
   *
   * @param probeRate rate of the open-loop probe beside the load, in requests per second; only
   *     worker 0 sends it
   * @param directory an empty directory for this attempt
   */
  PreparedLoad prepare(
      EngineKind kind,
      Instant t0,
      LoadAssignment assignment,
      Optional<Integer> probeRate,
      Path directory)
      throws IOException {
    PreparedLoad load = engine(kind).prepare(t0, assignment, directory);
    if (probeRate.isEmpty() || assignment.worker() != 0) {
      return load;
    }
    LoadShare rate = new LoadShare.Rate(probeRate.get(), probeRate.get());
    return new ProbedLoad(
        load, vegeta.prepare(t0, assignment.forProbe(rate), directory.resolve("probe")));
  }

  private LoadEngine engine(EngineKind kind) {
    return switch (kind) {
      case WRK -> wrk;
      case VEGETA -> vegeta;
    };
  }
}
