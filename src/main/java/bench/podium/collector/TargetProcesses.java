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
 * All processes of the pod but this one, as {@code /proc} shows them to any user: {@code stat} has
 * CPU time in ticks, {@code status} memory and threads. Process 1 is the pod's own, which keeps the
 * time of those whose parents are gone; its memory is none of the target's.
 *
 * <p>A container's main process was started from outside the pod, as were those of {@code kubectl
 * exec}, and is the oldest of them: what it starts itself may come and go.
 */
final class TargetProcesses {

  /** USER_HZ, which Linux has for all its programs, whatever its own clock does. */
  private static final long MILLIS_PER_TICK = 10;

  private static final long POD = 1;

  /** How the kernel shows a parent that is outside of the pod. */
  private static final long OUTSIDE = 0;

  /** States of a process that has ended: zombie and dead. */
  private static final Set<String> ENDED = Set.of("Z", "X", "x");

  // Fields of stat, counted from the state, which stands behind the name.
  private static final int PARENT = 1;
  private static final int UTIME = 11;
  private static final int START = 19;
  private static final int TIMES = 4;

  private final Path proc;
  private final CollectorProcess self;

  /**
   * @param proc where the kernel shows processes
   */
  TargetProcesses(Path proc, CollectorProcess self) {
    this.proc = proc;
    this.self = self;
  }

  /**
   * @param oldest the start of the oldest process from outside, by its container's control groups
   */
  private record ObservedProcess(
      long ticks,
      long memoryBytes,
      int threads,
      Optional<String> sharedUser,
      Map<String, Long> oldest) {

    static final ObservedProcess NOTHING = ofPod(0);

    /** Of a process without memory that counts. */
    static ObservedProcess ofPod(long ticks) {
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
   * What there is to be seen at once.
   *
   * @param sharedUser the name of a process of another container that runs as this one's user
   */
  record ProcessSample(TargetSample sample, Optional<String> sharedUser) {}

  /**
   * @param index of this look
   */
  ProcessSample sample(long index, Instant now) throws IOException {
    ObservedProcess all = ObservedProcess.NOTHING;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        all = all.plus(read(process).orElse(ObservedProcess.NOTHING));
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
      if (pid == POD) {
        return Optional.of(ObservedProcess.ofPod(ticks));
      }
      ProcessStatus status = ProcessStatus.read(process);
      Optional<String> sharedUser =
          self.couldBe(process, status) ? Optional.of(status.name()) : Optional.empty();
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

  /** A process that has ended and was not waited for runs no container any more. */
  private Map<String, Long> fromOutside(Path process, String[] stat) throws IOException {
    boolean main = Long.parseLong(stat[PARENT]) == OUTSIDE && !ENDED.contains(stat[0]);
    return main
        ? self.containerOf(process)
            .map(groups -> Map.of(groups, Long.parseLong(stat[START])))
            .orElse(Map.of())
        : Map.of();
  }

  /** From the state on: a name may hold anything but a slash. */
  private static String[] fields(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
  }

  /** Its own time and that of its children that have ended. */
  private static long ticks(String[] fields) {
    long ticks = 0;
    for (int i = UTIME; i < UTIME + TIMES; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }
}
