package bench.podium.worker;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.EngineCpuUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCpuTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path root;
  private Path cgroup;
  private EngineCpu cpu;

  @BeforeEach
  void createEngine() throws IOException {
    cgroup = Files.createDirectories(root.resolve("cgroup"));
    cpu = new EngineCpu(root, new CpuCgroup(cgroup));
  }

  private void thread(int tid, long runMillis, long waitMillis) throws IOException {
    Path task = Files.createDirectories(root.resolve("42/task/" + tid));
    Files.writeString(
        task.resolve("schedstat"), runMillis * 1_000_000 + " " + waitMillis * 1_000_000 + " 7\n");
  }

  @Test
  void countsUsageBetweenTheFirstAndTheLastSample() throws IOException {
    // Given
    thread(42, 100, 50);
    thread(43, 1000, 10);
    cpu.sample(42, START);
    thread(42, 150, 60);
    thread(43, 1400, 110);
    thread(44, 30, 40);

    // When
    cpu.sample(42, START.plusSeconds(1));

    // Then
    assertThat(cpu.usage())
        .contains(
            new EngineCpuUsage(
                Duration.ofSeconds(1),
                Duration.ofMillis(480),
                Duration.ofMillis(100),
                Duration.ZERO,
                Optional.empty()));
  }

  @Test
  void returnsEmptyForAShortlyObservedProcess() throws IOException {
    // Given
    thread(42, 100, 50);
    cpu.sample(42, START);

    // When
    cpu.sample(42, START.plusMillis(399));

    // Then
    assertThat(cpu.usage()).isEmpty();
  }

  @Test
  void keepsTheUsageOfAProcessThatHasEnded() throws IOException {
    // Given
    thread(42, 100, 50);
    cpu.sample(42, START);
    cpu.sample(42, START.plusSeconds(1));

    // When
    cpu.sample(43, START.plusSeconds(2));

    // Then
    assertThat(cpu.usage().orElseThrow().watched()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void readsTheLimitOfAVersion2Group() throws IOException {
    // Given
    Files.writeString(cgroup.resolve("cpu.max"), "50000 100000\n");
    Files.writeString(cgroup.resolve("cpu.stat"), "usage_usec 9\nthrottled_usec 2500\n");

    // When
    CpuCgroup read = new CpuCgroup(cgroup);

    // Then
    assertThat(read.limitMillicores()).contains(500L);
    assertThat(read.throttled()).isEqualTo(Duration.ofNanos(2_500_000));
  }

  @Test
  void readsTheLimitOfAVersion1Group() throws IOException {
    // Given
    Path v1 = Files.createDirectories(cgroup.resolve("cpu"));
    Files.writeString(v1.resolve("cpu.cfs_quota_us"), "25000\n");
    Files.writeString(v1.resolve("cpu.cfs_period_us"), "100000\n");
    Files.writeString(v1.resolve("cpu.stat"), "nr_throttled 1\nthrottled_time 70\n");

    // When
    CpuCgroup read = new CpuCgroup(cgroup);

    // Then
    assertThat(read.limitMillicores()).contains(250L);
    assertThat(read.throttled()).isEqualTo(Duration.ofNanos(70));
  }

  @Test
  void returnsNoLimitForAnUnlimitedGroup() throws IOException {
    // Given
    Files.writeString(cgroup.resolve("cpu.max"), "max 100000\n");

    // When
    CpuCgroup read = new CpuCgroup(cgroup);

    // Then
    assertThat(read.limitMillicores()).isEmpty();
    assertThat(read.throttled()).isZero();
  }
}
