package bench.podium.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * The collector's own process, used to distinguish processes in the collector's container from
 * those of the target.
 *
 * @param users user ids under which the collector runs
 * @param groups its control groups; other processes in its container, for example of {@code kubectl
 *     exec}, have the same, and processes of the target cannot enter them
 */
record CollectorProcess(long pid, Set<String> users, String groups) {

  /**
   * Reads the process.
   *
   * @param proc the {@code /proc} file system
   */
  static CollectorProcess read(Path proc, long pid) throws IOException {
    Path process = proc.resolve(Long.toString(pid));
    return new CollectorProcess(pid, ProcessStatus.read(process).users(), groups(process));
  }

  /**
   * Whether a process could impersonate the collector: it runs as the same user in another
   * container.
   */
  boolean canBeImpersonatedBy(Path process, ProcessStatus status) throws IOException {
    return !Collections.disjoint(users, status.users()) && !groups.equals(groups(process));
  }

  /**
   * The control groups of the process's container; empty if it is the collector's own container.
   */
  Optional<String> containerOf(Path process) throws IOException {
    return Optional.of(groups(process)).filter(other -> !groups.equals(other));
  }

  private static String groups(Path process) throws IOException {
    return Files.readString(process.resolve("cgroup"));
  }
}
