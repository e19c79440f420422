package bench.podium.observer;

import bench.podium.domain.measure.TargetSample;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All processes of the pod but this one, as {@code /proc} shows them to any user: {@code stat} has
 * CPU time in ticks, {@code status} memory and threads. Process 1 is the pod's own, which keeps the
 * time of those whose parents are gone; its memory is none of the target's.
 */
final class TargetProcesses {

  /** USER_HZ, which Linux has for all its programs, whatever its own clock does. */
  private static final long MILLIS_PER_TICK = 10;

  private static final long POD = 1;

  // Fields of stat, counted from the state, which stands behind the name.
  private static final int UTIME = 11;
  private static final int TIMES = 4;

  private final Path proc;
  private final OwnProcess self;

  /**
   * @param proc where the kernel shows processes
   */
  TargetProcesses(Path proc, OwnProcess self) {
    this.proc = proc;
    this.self = self;
  }

  private record Seen(long ticks, long memoryBytes, int threads, Optional<String> sharedUser) {

    static final Seen NOTHING = ofPod(0);

    /** Of a process without memory that counts. */
    static Seen ofPod(long ticks) {
      return new Seen(ticks, 0, 0, Optional.empty());
    }

    Seen plus(Seen other) {
      return new Seen(
          ticks + other.ticks,
          memoryBytes + other.memoryBytes,
          threads + other.threads,
          sharedUser.or(other::sharedUser));
    }
  }

  /**
   * What there is to be seen at once.
   *
   * @param sharedUser the name of a process of another container that runs as this one's user
   */
  record Look(TargetSample sample, Optional<String> sharedUser) {}

  /**
   * @param index of this look
   */
  Look look(long index, Instant now) throws IOException {
    Seen all = Seen.NOTHING;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        all = all.plus(read(process).orElse(Seen.NOTHING));
      }
    }
    Duration cpu = Duration.ofMillis(all.ticks() * MILLIS_PER_TICK);
    return new Look(
        new TargetSample(index, now, cpu, all.memoryBytes(), all.threads()), all.sharedUser());
  }

  private Optional<Seen> read(Path process) {
    long pid = Long.parseLong(process.getFileName().toString());
    if (pid == self.pid()) {
      return Optional.empty();
    }
    try {
      long ticks = ticks(Files.readString(process.resolve("stat")));
      if (pid == POD) {
        return Optional.of(Seen.ofPod(ticks));
      }
      ProcessStatus status = ProcessStatus.read(process);
      Optional<String> sharedUser =
          self.couldBe(process, status) ? Optional.of(status.name()) : Optional.empty();
      return Optional.of(new Seen(ticks, status.memoryBytes(), status.threads(), sharedUser));
    } catch (IOException e) {
      // It has just ended.
      return Optional.empty();
    }
  }

  /**
   * Its own time and that of its children that have ended; a name may hold anything but a slash.
   */
  private static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = UTIME; i < UTIME + TIMES; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }
}
