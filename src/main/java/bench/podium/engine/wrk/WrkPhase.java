package bench.podium.engine.wrk;

import bench.podium.engine.SequenceNumbers;
import bench.podium.engine.StartGate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * One run of wrk: the warm-up or the measured part, each in a directory of its own.
 *
 * @param counters the file that the threads count in
 * @param layout what that file holds
 * @param connects when its threads begin to open their connections
 * @param opens when they send their first requests
 * @param goesOn when they send more
 */
record WrkPhase(
    Kind kind,
    Path directory,
    Path counters,
    CountersLayout layout,
    Instant connects,
    Instant opens,
    Instant goesOn,
    Duration duration) {

  enum Kind {
    MEASURED(0, "measured"),
    WARMUP(1, "warmup");

    private final int number;
    private final String directory;

    Kind(int number, String directory) {
      this.number = number;
      this.directory = directory;
    }

    /** Where it lies in the directory of the attempt. */
    String directory() {
      return directory;
    }

    SequenceNumbers.Phase sequencePhase() {
      return switch (this) {
        case MEASURED -> SequenceNumbers.Phase.MEASURED;
        case WARMUP -> SequenceNumbers.Phase.WARMUP;
      };
    }

    /** Part of seeds, so that no two phases of a step draw the same. */
    int number() {
      return number;
    }
  }

  StartGate startGate() {
    return new StartGate.SelfTimed(directory.resolve("parked"));
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
