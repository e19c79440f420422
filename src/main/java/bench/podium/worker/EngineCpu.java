package bench.podium.worker;

import bench.podium.domain.measurement.EngineCpuUsage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Samples the CPU time of an engine's threads. {@code /proc/PID/task/TID/schedstat} has each
 * thread's time on a core and its time in a run queue, in ns. Not thread-safe.
 */
final class EngineCpu {

  /** Shorter observations are not representative of the step. */
  private static final Duration MIN_DURATION = Duration.ofMillis(400);

  private final Path proc;
  private final CpuCgroup cgroup;
  private final Map<String, Spent> first = new HashMap<>();
  private final Map<String, Spent> last = new HashMap<>();
  private Optional<Instant> since = Optional.empty();
  private Instant until = Instant.EPOCH;
  private Duration throttledBefore = Duration.ZERO;
  private Duration throttled = Duration.ZERO;

  private record Spent(long runNanos, long waitNanos) {
    static final Spent NOTHING = new Spent(0, 0);
  }

  /**
   * @param proc the {@code /proc} file system
   */
  EngineCpu(Path proc, CpuCgroup cgroup) {
    this.proc = proc;
    this.cgroup = cgroup;
  }

  /**
   * Takes a sample; to be called repeatedly during the measured part.
   *
   * @param pid of the engine's process
   */
  void sample(long pid, Instant now) {
    Map<String, Spent> threads = threads(pid);
    if (threads.isEmpty()) {
      return;
    }
    if (since.isEmpty()) {
      since = Optional.of(now);
      first.putAll(threads);
      throttledBefore = cgroup.throttled();
    }
    last.putAll(threads);
    until = now;
    throttled = cgroup.throttled();
  }

  private Map<String, Spent> threads(long pid) {
    Map<String, Spent> threads = new HashMap<>();
    try (DirectoryStream<Path> tasks =
        Files.newDirectoryStream(proc.resolve(Long.toString(pid)).resolve("task"))) {
      for (Path task : tasks) {
        String[] fields = Files.readString(task.resolve("schedstat")).strip().split(" ", -1);
        threads.put(
            task.getFileName().toString(),
            new Spent(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
      }
    } catch (IOException | RuntimeException e) {
      // The process has just ended, or this kernel has no schedstat.
      return Map.of();
    }
    return threads;
  }

  /** The usage between the first and the last sample; empty if they are too close. */
  Optional<EngineCpuUsage> usage() {
    return since
        .map(from -> Duration.between(from, until))
        .filter(duration -> duration.compareTo(MIN_DURATION) >= 0)
        .map(this::usage);
  }

  private EngineCpuUsage usage(Duration duration) {
    long used = 0;
    long longestWait = 0;
    for (Map.Entry<String, Spent> thread : last.entrySet()) {
      Spent before = first.getOrDefault(thread.getKey(), Spent.NOTHING);
      used += thread.getValue().runNanos() - before.runNanos();
      longestWait = Math.max(longestWait, thread.getValue().waitNanos() - before.waitNanos());
    }
    return new EngineCpuUsage(
        duration,
        Duration.ofNanos(used),
        Duration.ofNanos(longestWait),
        throttled.minus(throttledBefore),
        cgroup.limitMillicores());
  }
}
