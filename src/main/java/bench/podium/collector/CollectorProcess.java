package bench.podium.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * The collector itself, by which it tells other processes of its container from the target's.
 *
 * @param users as which it runs
 * @param groups its control groups: what else runs in its container, as by {@code kubectl exec},
 *     has the same, and no target can enter them
 */
record CollectorProcess(long pid, Set<String> users, String groups) {

  /**
   * @param proc where the kernel shows processes
   */
  static CollectorProcess read(Path proc, long pid) throws IOException {
    Path process = proc.resolve(Long.toString(pid));
    return new CollectorProcess(pid, ProcessStatus.read(process).users(), groups(process));
  }

  /** Whether another process could pass for it: of its user, and not in its container. */
  boolean couldBe(Path process, ProcessStatus status) throws IOException {
    return !Collections.disjoint(users, status.users()) && !groups.equals(groups(process));
  }

  /** The control groups of the container in which another process runs; empty: its own. */
  Optional<String> containerOf(Path process) throws IOException {
    return Optional.of(groups(process)).filter(other -> !groups.equals(other));
  }

  private static String groups(Path process) throws IOException {
    return Files.readString(process.resolve("cgroup"));
  }
}
