package bench.podium.domain.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One end of a container of a target.
 *
 * @param restart how often the container had been started again before this end
 * @param finishedAt by the node's clock, cut to the second; absent where the kubelet has lost sight
 *     of the container
 * @param podDeleted its pod was told to go: the end was asked for
 */
public record ContainerTermination(
    String pod,
    String container,
    int restart,
    ExitStatus exit,
    Optional<Instant> finishedAt,
    boolean podDeleted,
    LogEnd log) {

  /** Kubernetes cuts times to whole seconds: what ended did so at the latest then. */
  private static final Duration CUT = Duration.ofMillis(999);

  /** Whether it surely came before this; one without a time is taken for an old one. */
  public boolean isBefore(Instant instant) {
    return finishedAt.filter(at -> !at.plus(CUT).isBefore(instant)).isEmpty();
  }

  /** For a person: what ended, how, when, and what it wrote last. */
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

  /** The last line of its log, for the end of a sentence; empty where there is none. */
  public String lastLine() {
    return log.lastLine()
        .map(line -> "; the last line of its log: \"%s\"".formatted(line))
        .orElse("");
  }
}
