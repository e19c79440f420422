package bench.podium.observer;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measure.TargetSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetProcessesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final long SELF = 7;

  @TempDir Path proc;

  @Test
  void addsUpAllProcessesButItsOwnAndThePodsMemory() throws IOException {
    // Given
    process(1, "pause", 0, 1, 30, 4, 500, 1);
    process(SELF, "java", 900, 900, 0, 0, 60_000, 12);
    process(20, "gin", 150, 50, 0, 0, 20_000, 9);
    process(31, "worker) S 1 2", 7, 3, 1, 1, 10_000, 2);
    Files.createDirectories(proc.resolve("self"));

    // When
    TargetSample sample = new TargetProcesses(proc, SELF).look(5, NOW);

    // Then
    assertThat(sample)
        .isEqualTo(
            new TargetSample(5, NOW, Duration.ofMillis((35 + 200 + 12) * 10), 30_000 * 1024, 11));
  }

  @Test
  void passesOverAProcessThatHasJustEnded() throws IOException {
    // Given
    process(20, "gin", 1, 1, 0, 0, 100, 1);
    Files.createDirectories(proc.resolve("21"));

    // When
    TargetSample sample = new TargetProcesses(proc, SELF).look(0, NOW);

    // Then
    assertThat(sample.cpu()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void aProcessThatNobodyWaitedForHasTimeAndNoMemory() throws IOException {
    // Given
    process(20, "gin", 5, 0, 0, 0, 0, 1);
    Files.writeString(proc.resolve("20/status"), "Name:\tgin\nThreads:\t1\n");

    // When
    TargetSample sample = new TargetProcesses(proc, SELF).look(0, NOW);

    // Then
    assertThat(sample.cpu()).isEqualTo(Duration.ofMillis(50));
    assertThat(sample.memoryBytes()).isZero();
  }

  /** Ticks as stat has them: utime, stime, and those of its children. */
  private void process(
      long pid,
      String name,
      long user,
      long system,
      long childrensUser,
      long childrensSystem,
      long rssKib,
      int threads)
      throws IOException {
    Path directory = Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(
        directory.resolve("stat"),
        "%d (%s) S 1 20 20 0 -1 4194560 100 0 0 0 %d %d %d %d 20 0 9 0 12 1000 99"
            .formatted(pid, name, user, system, childrensUser, childrensSystem));
    Files.writeString(
        directory.resolve("status"),
        "Name:\t%s\nUid:\t65532\nVmHWM:\t   99999 kB\nVmRSS:\t   %d kB\nThreads:\t%d\n"
            .formatted(name, rssKib, threads));
  }
}
