package bench.podium.results;

import java.util.List;
import java.util.Optional;

/**
 * The stored record of the terminated containers of a target.
 *
 * @param run uid of the run
 * @param step index in the plan
 * @param attempt attempt in which they terminated
 */
public record CrashData(String run, int step, int attempt, String target, List<End> ends) {

  public CrashData {
    ends = List.copyOf(ends);
  }

  /**
   * One terminated container.
   *
   * @param restart how often the container had been restarted before
   * @param signal that killed it; absent if it exited by itself
   * @param reason termination reason set by the kubelet; may be empty
   * @param finishedAt in RFC 3339; absent if it is not known
   * @param lastLine the most informative line of the log
   * @param log the last lines of the log
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
