package bench.podium.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code /proc/PID/status} says of a process.
 *
 * @param name of its program, of which the kernel keeps 15 bytes
 * @param users real, effective, saved, and that of the file system
 * @param memoryBytes resident; 0 of a process that has ended and was not waited for
 */
record ProcessStatus(String name, Set<String> users, long memoryBytes, int threads) {

  private static final long BYTES_PER_KIB = 1024;

  static ProcessStatus read(Path process) throws IOException {
    String text = Files.readString(process.resolve("status"));
    return new ProcessStatus(
        value(text, "Name:").orElse(""),
        value(text, "Uid:")
            .map(users -> Set.copyOf(List.of(users.split("\\s+", -1))))
            .orElse(Set.of()),
        value(text, "VmRSS:").map(ProcessStatus::kib).orElse(0L) * BYTES_PER_KIB,
        value(text, "Threads:").map(Integer::parseInt).orElse(0));
  }

  private static long kib(String value) {
    return Long.parseLong(value.replace("kB", "").strip());
  }

  private static Optional<String> value(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(key.length()).strip());
  }
}
