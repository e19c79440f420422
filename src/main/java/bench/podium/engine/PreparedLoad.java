package bench.podium.engine;

import bench.podium.domain.measurement.ClockReading;
import java.io.IOException;
import java.util.List;

/** The load of one attempt: its processes, its counts while it runs, and its result. */
public interface PreparedLoad {

  /** In the order in which they start to send; the last one is the measured part. */
  List<PreparedProcess> processes();

  /**
   * The counts so far, warm-up included. They can be read while the processes run and after they
   * were killed.
   */
  LoadCounts counts();

  /**
   * Classifies an exit status other than 0.
   *
   * @param process one of {@link #processes()}
   * @param output what the process printed
   */
  ExitMeaning meaningOf(PreparedProcess process, int status, String output);

  /**
   * Reads the files that the processes wrote. Call it only once all have ended with status 0.
   *
   * @throws IOException if a file cannot be read or does not have this engine's format
   */
  EngineResult result(ClockReading clock) throws IOException;

  /** Removes the files that lie outside the attempt's directory. */
  void discard();
}
