package bench.podium.results;

import java.util.List;
import java.util.Optional;

/**
 * What is kept of the ends of a target's containers.
 *
 * @param run uid of the run
 * @param step index in the plan
 * @param attempt to which the ends belong
 */
public record CrashData(String run, int step, int attempt, String target, List<End> ends) {

  public CrashData {
    ends = List.copyOf(ends);
  }

  /**
   * One end.
   *
   * @param restart how often the container had been started again before
   * @param signal that ended it; absent where it ended itself
   * @param reason Kubernetes' own word; may be empty
   * @param finishedAt as in RFC 3339; absent where it is not known
   * @param lastLine the line of the log that says most
   * @param log the last lines
   */
  public record End(
      String pod,
      String container,
      int restart,
      int exitCode,
      Optional<String> signal,
      String reason,
      Optional<String> finishedAt,
      Optional<String> lastLine,
      List<String> log) {

    public End {
      log = List.copyOf(log);
    }
  }
}
