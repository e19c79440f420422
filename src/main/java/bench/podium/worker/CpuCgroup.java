package bench.podium.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The worker's own CPU control group, version 1 or 2.
 *
 * @param root where the container sees it: usually {@code /sys/fs/cgroup}
 */
record CpuCgroup(Path root) {

  private static final long NANOS_PER_MICRO = 1000;

  /** Total time for which the group was throttled by its limit; zero if unknown. */
  Duration throttled() {
    return number(root.resolve("cpu.stat"), "throttled_usec ")
        .map(micros -> Duration.ofNanos(micros * NANOS_PER_MICRO))
        .or(() -> number(root.resolve("cpu/cpu.stat"), "throttled_time ").map(Duration::ofNanos))
        .orElse(Duration.ZERO);
  }

  /** The CPU limit; empty if there is none or it is unknown. */
  Optional<Long> limitMillicores() {
    return text(root.resolve("cpu.max"))
        .map(text -> text.split(" ", -1))
        .flatMap(fields -> millicores(fields[0], fields[1]))
        .or(
            () ->
                text(root.resolve("cpu/cpu.cfs_quota_us"))
                    .flatMap(
                        quota ->
                            text(root.resolve("cpu/cpu.cfs_period_us"))
                                .flatMap(period -> millicores(quota, period))));
  }

  private static Optional<Long> millicores(String quota, String period) {
    return quota.matches("\\d+")
        ? Optional.of(Long.parseLong(quota) * 1000 / Long.parseLong(period))
        : Optional.empty();
  }

  private static Optional<Long> number(Path file, String key) {
    return text(file)
        .flatMap(text -> text.lines().filter(line -> line.startsWith(key)).findFirst())
        .map(line -> Long.parseLong(line.substring(key.length()).strip()));
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
