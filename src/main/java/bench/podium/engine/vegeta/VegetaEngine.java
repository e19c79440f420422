package bench.podium.engine.vegeta;

import bench.podium.domain.plan.LoadShare;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoadEngine;
import bench.podium.engine.PreparedLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * vegeta 12 as a library in Podium's own program {@code podium-vegeta}, which waits until T0. It
 * generates open load: requests are sent at a fixed or linearly changing rate, whatever the target
 * does. The warm-up is part of the same process.
 */
public final class VegetaEngine implements LoadEngine {

  private final String executable;
  private final Path countersHome;

  /**
   * @param executable path of {@code podium-vegeta}, or its name if it is on the PATH
   * @param countersHome directory of the counters file, which is written at each request; should be
   *     in memory
   */
  public VegetaEngine(String executable, Path countersHome) {
    this.executable = executable;
    this.countersHome = countersHome;
  }

  @Override
  public PreparedLoad prepare(Instant t0, LoadAssignment assignment, Path directory)
      throws IOException {
    return switch (assignment.load()) {
      case LoadShare.Rate rate -> prepare(t0, assignment, rate, directory);
      case LoadShare.Connections _ ->
          throw new IllegalArgumentException("vegeta sends at a rate, it cannot hold connections");
    };
  }

  private PreparedLoad prepare(
      Instant t0, LoadAssignment assignment, LoadShare.Rate rate, Path directory)
      throws IOException {
    Path home = Files.createDirectories(directory.resolve("vegeta")).toAbsolutePath();
    Path counters = countersHome.resolve("podium-counters-" + UUID.randomUUID());
    VegetaCounters.create(counters);
    Files.writeString(
        home.resolve(VegetaLoad.PLAN), VegetaPlan.json(t0, assignment, rate, counters));
    return new VegetaLoad(executable, t0, assignment, home, counters);
  }
}
