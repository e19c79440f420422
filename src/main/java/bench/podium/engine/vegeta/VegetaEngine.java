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
 * vegeta 12 as a library, in a program of Podium's own that parks until its gate: an open load that
 * sends at a rate whatever the target does. The warm-up is part of the same process.
 */
public final class VegetaEngine implements LoadEngine {

  private final String executable;
  private final Path countersHome;

  /**
   * @param executable path of {@code podium-vegeta}, or its name if it is on the path
   * @param countersHome where the file lies that the program counts in at each request: best in
   *     memory
   */
  public VegetaEngine(String executable, Path countersHome) {
    this.executable = executable;
    this.countersHome = countersHome;
  }

  @Override
  public PreparedLoad startGate(Instant t0, LoadAssignment order, Path directory)
      throws IOException {
    return switch (order.load()) {
      case LoadShare.Rate rate -> startGate(t0, order, rate, directory);
      case LoadShare.Connections _ ->
          throw new IllegalArgumentException("vegeta sends at a rate, it cannot hold connections");
    };
  }

  private PreparedLoad startGate(
      Instant t0, LoadAssignment order, LoadShare.Rate rate, Path directory) throws IOException {
    Path home = Files.createDirectories(directory.resolve("vegeta")).toAbsolutePath();
    Path counters = countersHome.resolve("podium-counters-" + UUID.randomUUID());
    VegetaCounters.create(counters);
    Files.writeString(home.resolve(VegetaLoad.PLAN), VegetaPlan.json(t0, order, rate, counters));
    return new VegetaLoad(executable, t0, order, home, counters);
  }
}
