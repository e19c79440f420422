package bench.podium.engine.wrk;

import bench.podium.engine.SequenceNumbers;
import bench.podium.engine.StartGate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * One process of wrk, for the warm-up or the measured part, in its own directory.
 *
 * @param counters the counters file
 * @param layout layout of the counters file
 * @param connects when the threads begin to open their connections
 * @param opens when the threads send their first requests
 * @param continues when the threads send their second requests
 * @param duration for which wrk runs
 */
record WrkPhase(
    Kind kind,
    Path directory,
    Path counters,
    CountersLayout layout,
    Instant connects,
    Instant opens,
    Instant continues,
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

    /** Its name within the directory of the attempt. */
    String directory() {
      return directory;
    }

    SequenceNumbers.Phase sequencePhase() {
      return switch (this) {
        case MEASURED -> SequenceNumbers.Phase.MEASURED;
        case WARMUP -> SequenceNumbers.Phase.WARMUP;
      };
    }

    /** Part of the seeds, so that the phases of a step draw different random numbers. */
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
