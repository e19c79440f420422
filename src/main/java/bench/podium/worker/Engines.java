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

/** The engines that a worker has. */
record Engines(LoadEngine wrk, LoadEngine vegeta) {

  /**
   * @param probeRate requests a second of an open stream beside the load; only the first worker
   *     sends it
   * @param directory empty and for this attempt alone
   */
  PreparedLoad startGate(
      EngineKind kind,
      Instant t0,
      LoadAssignment order,
      Optional<Integer> probeRate,
      Path directory)
      throws IOException {
    PreparedLoad load = engine(kind).prepare(t0, order, directory);
    if (probeRate.isEmpty() || order.worker() != 0) {
      return load;
    }
    LoadShare rate = new LoadShare.Rate(probeRate.get(), probeRate.get());
    return new ProbedLoad(
        load, vegeta.prepare(t0, order.forProbe(rate), directory.resolve("probe")));
  }

  private LoadEngine engine(EngineKind kind) {
    return switch (kind) {
      case WRK -> wrk;
      case VEGETA -> vegeta;
    };
  }
}
