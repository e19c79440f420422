package bench.podium.collector;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.TargetSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetProcessesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final CollectorProcess SELF = new CollectorProcess(7, Set.of("64102"), "0::/\n");

  @TempDir Path proc;

  @Test
  void sumsAllProcessesExceptItselfAndThePauseProcessMemory() throws IOException {
    // Given
    process(1, "pause", 0, 1, 30, 4, 500, 1);
    process(SELF.pid(), "java", 900, 900, 0, 0, 60_000, 12);
    process(20, "gin", 150, 50, 0, 0, 20_000, 9);
    process(31, "worker) S 1 2", 7, 3, 1, 1, 10_000, 2);
    Files.createDirectories(proc.resolve("self"));

    // When
    TargetSample sample = new TargetProcesses(proc, SELF).sample(5, NOW).sample();

    // Then
    assertThat(sample)
        .isEqualTo(
            new TargetSample(5, NOW, Duration.ofMillis((35 + 200 + 12) * 10), 30_000 * 1024, 11));
  }

  @Test
  void ignoresAProcessThatHasJustEnded() throws IOException {
    // Given
    process(20, "gin", 1, 1, 0, 0, 100, 1);
    Files.createDirectories(proc.resolve("21"));

    // When
    TargetSample sample = new TargetProcesses(proc, SELF).sample(0, NOW).sample();

    // Then
    assertThat(sample.cpu()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void countsCpuTimeButNoMemoryOfAZombie() throws IOException {
    // Given
    process(20, "gin", 5, 0, 0, 0, 0, 1);
    Files.writeString(proc.resolve("20/status"), "Name:\tgin\nThreads:\t1\n");

    // When
    TargetSample sample = new TargetProcesses(proc, SELF).sample(0, NOW).sample();

    // Then
    assertThat(sample.cpu()).isEqualTo(Duration.ofMillis(50));
    assertThat(sample.memoryBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // Its user id may be any of the four.
    "64102 64102 64102 64102, 0::/../target, true",
    "65532 65532 64102 65532, 0::/../target, true",
    "65532 65532 65532 65532, 0::/../target, false",
    // Run in the collector's own container.
    "64102 64102 64102 64102, 0::/, false",
  })
  void reportsAProcessOfItsUserInAnotherContainer(String users, String groups, boolean shared)
      throws IOException {
    // Given
    process(20, "target", 1, 1, 0, 0, 100, 1);
    Files.writeString(
        proc.resolve("20/status"), "Name:\ttarget\nUid:\t%s\n".formatted(users.replace(' ', '\t')));
    Files.writeString(proc.resolve("20/cgroup"), groups + "\n");

    // When
    Optional<String> observed = new TargetProcesses(proc, SELF).sample(0, NOW).sharedUser();

    // Then
    assertThat(observed).isEqualTo(shared ? Optional.of("target") : Optional.empty());
  }

  @Test
  void reportsTheStartOfEachContainersMainProcess() throws IOException {
    // Given: a shell in the target's container, and what that and the target have started
    main(20, "0::/../target", 5000);
    main(44, "0::/../target", 9000);
    main(30, "0::/../sidecar", 4000);
    main(8, "0::/", 100);
    process(21, "child", 1, 1, 0, 0, 100, 1);
    main(1, "0::/../pause", 1);

    // When
    TargetSample sample = new TargetProcesses(proc, SELF).sample(0, NOW).sample();

    // Then
    assertThat(sample.mainStarts()).containsExactly(4000L, 5000L);
  }

  @Test
  void reportsNoStartForAnEndedMainProcess() throws IOException {
    // Given: a process that it has left behind
    main(20, "0::/../target", 5000);
    Files.writeString(
        proc.resolve("20/stat"), Files.readString(proc.resolve("20/stat")).replace(") S ", ") Z "));
    process(21, "child", 1, 1, 0, 0, 100, 1);

    // When
    TargetSample sample = new TargetProcesses(proc, SELF).sample(0, NOW).sample();

    // Then
    assertThat(sample.mainStarts()).isEmpty();
  }

  /** A process that was started from outside the pod. */
  private void main(long pid, String groups, long start) throws IOException {
    process(pid, "main", 1, 1, 0, 0, 100, 1);
    Path directory = proc.resolve(Long.toString(pid));
    Files.writeString(
        directory.resolve("stat"),
        "%d (main) S 0 20 20 0 -1 4194560 100 0 0 0 1 1 0 0 20 0 9 0 %d 1000 99\n"
            .formatted(pid, start));
    Files.writeString(directory.resolve("cgroup"), groups + "\n");
  }

  @Test
  void readsItsOwnProcess() throws IOException {
    // Given
    process(7, "java", 1, 1, 0, 0, 100, 1);
    Files.writeString(proc.resolve("7/cgroup"), "0::/\n");

    // When
    CollectorProcess self = CollectorProcess.read(proc, 7);

    // Then
    assertThat(self).isEqualTo(new CollectorProcess(7, Set.of("65532"), "0::/\n"));
  }

  /** A process with its CPU times in ticks, as in stat: utime, stime, and those of its children. */
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
        "Name:\t%s\nUid:\t65532\t65532\t65532\t65532\nVmHWM:\t   99999 kB\nVmRSS:\t   %d kB\nThreads:\t%d\n"
            .formatted(name, rssKib, threads));
  }
}
