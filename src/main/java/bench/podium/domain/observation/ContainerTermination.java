package bench.podium.domain.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One termination of a container of a target.
 *
 * @param restart how often the container had been restarted before this termination
 * @param finishedAt by the node's clock, truncated to the second; absent where the kubelet has lost
 *     the container
 * @param podDeleted whether its pod was deleted: the termination was requested
 */
public record ContainerTermination(
    String pod,
    String container,
    int restart,
    ExitStatus exit,
    Optional<Instant> finishedAt,
    boolean podDeleted,
    LogEnd log) {

  /**
   * Kubernetes truncates times to whole seconds; the container terminated at most this much later.
   */
  private static final Duration TIME_RESOLUTION = Duration.ofMillis(999);

  /** Whether it certainly happened before {@code instant}; one without a time counts as earlier. */
  public boolean isBefore(Instant instant) {
    return finishedAt.filter(at -> !at.plus(TIME_RESOLUTION).isBefore(instant)).isEmpty();
  }

  /** Which container terminated, how, when, and the last line of its log; for messages. */
  public String text() {
    return "container %s of pod %s %s%s%s"
            .formatted(
                container,
                pod,
                exit.text(),
                podDeleted ? " as its pod was deleted" : "",
                finishedAt.map(at -> " at " + at).orElse(""))
        + lastLine();
  }

  /** The last line of its log, to be appended to a sentence; empty where there is none. */
  public String lastLine() {
    return log.lastLine()
        .map(line -> "; the last line of its log: \"%s\"".formatted(line))
        .orElse("");
  }
}
