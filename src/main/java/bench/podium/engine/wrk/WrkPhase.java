package bench.podium.engine.wrk;

import bench.podium.engine.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * One run of wrk: the warm-up or the measured part, each in a directory of its own.
 *
 * @param counters the file that the threads count in
 * @param connects when its threads begin to open their connections
 * @param opens when they send their first requests
 */
record WrkPhase(
    Kind kind, Path directory, Path counters, Instant connects, Instant opens, Duration duration) {

  enum Kind {
    MEASURED(0),
    WARMUP(1);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** Part of seeds and sequences, so that no two phases of a step send the same. */
    int number() {
      return number;
    }
  }

  Gate gate() {
    return new Gate.Inside(directory.resolve("parked"));
  }

  Path script() {
    return directory.resolve("wrk.lua");
  }

  Path plan() {
    return directory.resolve("plan.lua");
  }

  Path results() {
    return directory.resolve("results");
  }

  Path output() {
    return directory.resolve("output");
  }
}
