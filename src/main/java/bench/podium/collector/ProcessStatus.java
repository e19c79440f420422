package bench.podium.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The contents of {@code /proc/PID/status}.
 *
 * @param name of the program, truncated to 15 bytes by the kernel
 * @param users real, effective, saved and file system user id
 * @param memoryBytes resident memory; 0 for a zombie process
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
