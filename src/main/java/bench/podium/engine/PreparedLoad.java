package bench.podium.engine;

import bench.podium.domain.measurement.ClockReading;
import java.io.IOException;
import java.util.List;

/** One attempt's load, from parked processes to a result. */
public interface PreparedLoad {

  /** In the order of their gates; the last one's is the measured part. */
  List<PreparedProcess> processes();

  /**
   * What has happened until now, warm-up included: also while the processes run, and after they
   * were killed.
   */
  LoadCounts counts();

  /**
   * What an exit status other than 0 means.
   *
   * @param process one of {@link #processes()}
   * @param output what it printed
   */
  ExitMeaning meaningOf(PreparedProcess process, int status, String output);

  /**
   * Reads what the processes left; only once all have ended with status 0.
   *
   * @throws IOException where it cannot be read or is not what this engine writes, saying what
   */
  EngineResult result(ClockReading clock) throws IOException;

  /** Removes what lies outside the attempt's directory. */
  void discard();
}
