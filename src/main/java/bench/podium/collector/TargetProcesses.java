package bench.podium.collector;

import bench.podium.domain.measurement.TargetSample;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Samples all processes of the pod except the collector, as {@code /proc} shows them to any user:
 * {@code stat} has CPU time in ticks, {@code status} memory and threads. Process 1 is the pod's
 * pause process, which inherits the CPU time of orphaned processes; its memory does not count.
 *
 * <p>A container's main process was started from outside the pod, as were those of {@code kubectl
 * exec}, and is the oldest of them; processes that it starts may come and go.
 */
final class TargetProcesses {

  /**
   * USER_HZ, the unit of times in {@code /proc}: 100 per second on Linux, whatever the kernel's own
   * tick rate.
   */
  private static final long MILLIS_PER_TICK = 10;

  private static final long PAUSE_PROCESS = 1;

  /** Parent process id of a process that was started from outside the pod. */
  private static final long OUTSIDE_POD = 0;

  /** States of an ended process: zombie and dead. */
  private static final Set<String> ENDED = Set.of("Z", "X", "x");

  // Indexes of the fields in stat, counted from the state, which follows the name.
  private static final int PARENT = 1;
  private static final int UTIME = 11;
  private static final int START = 19;
  private static final int TIMES = 4;

  private final Path proc;
  private final CollectorProcess self;

  /**
   * @param proc the {@code /proc} file system
   */
  TargetProcesses(Path proc, CollectorProcess self) {
    this.proc = proc;
    this.self = self;
  }

  /**
   * The sum over one or more processes.
   *
   * @param oldest start of the oldest process started from outside, by its container's control
   *     groups
   */
  private record ObservedProcess(
      long ticks,
      long memoryBytes,
      int threads,
      Optional<String> sharedUser,
      Map<String, Long> oldest) {

    static final ObservedProcess NONE = ofCpuOnly(0);

    /** CPU time only, for a process whose memory does not count. */
    static ObservedProcess ofCpuOnly(long ticks) {
      return new ObservedProcess(ticks, 0, 0, Optional.empty(), Map.of());
    }

    ObservedProcess plus(ObservedProcess other) {
      Map<String, Long> both = new TreeMap<>(oldest);
      other.oldest.forEach((groups, start) -> both.merge(groups, start, Math::min));
      return new ObservedProcess(
          ticks + other.ticks,
          memoryBytes + other.memoryBytes,
          threads + other.threads,
          sharedUser.or(other::sharedUser),
          both);
    }
  }

  /**
   * A sample of the pod.
   *
   * @param sharedUser name of a process in another container that runs as the collector's user
   */
  record ProcessSample(TargetSample sample, Optional<String> sharedUser) {}

  /**
   * Takes a sample.
   *
   * @param index of the sample
   */
  ProcessSample sample(long index, Instant now) throws IOException {
    ObservedProcess all = ObservedProcess.NONE;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        all = all.plus(read(process).orElse(ObservedProcess.NONE));
      }
    }
    Duration cpu = Duration.ofMillis(all.ticks() * MILLIS_PER_TICK);
    return new ProcessSample(
        new TargetSample(
            index,
            now,
            cpu,
            all.memoryBytes(),
            all.threads(),
            all.oldest().values().stream().sorted().toList()),
        all.sharedUser());
  }

  private Optional<ObservedProcess> read(Path process) {
    long pid = Long.parseLong(process.getFileName().toString());
    if (pid == self.pid()) {
      return Optional.empty();
    }
    try {
      String[] stat = fields(Files.readString(process.resolve("stat")));
      long ticks = ticks(stat);
      if (pid == PAUSE_PROCESS) {
        return Optional.of(ObservedProcess.ofCpuOnly(ticks));
      }
      ProcessStatus status = ProcessStatus.read(process);
      Optional<String> sharedUser =
          self.canBeImpersonatedBy(process, status) ? Optional.of(status.name()) : Optional.empty();
      return Optional.of(
          new ObservedProcess(
              ticks,
              status.memoryBytes(),
              status.threads(),
              sharedUser,
              fromOutside(process, stat)));
    } catch (IOException e) {
      // It has just ended.
      return Optional.empty();
    }
  }

  /**
   * The start of a process that was started from outside, by its container's control groups.
   * Zombies are skipped, since they do not run a container any more.
   */
  private Map<String, Long> fromOutside(Path process, String[] stat) throws IOException {
    boolean main = Long.parseLong(stat[PARENT]) == OUTSIDE_POD && !ENDED.contains(stat[0]);
    return main
        ? self.containerOf(process)
            .map(groups -> Map.of(groups, Long.parseLong(stat[START])))
            .orElse(Map.of())
        : Map.of();
  }

  /** The fields from the state on: the name before it may contain any character but a slash. */
  private static String[] fields(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
  }

  /** CPU time of the process and of its children that have ended. */
  private static long ticks(String[] fields) {
    long ticks = 0;
    for (int i = UTIME; i < UTIME + TIMES; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }
}
