package bench.podium.domain.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceUsageTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void computesCpuFromTheFirstAndLastSampleAndTakesTheMaximumMemory() {
    // Given
    List<TargetSample> replica =
        List.of(
            sample(0, 10_000, 300, 4), sample(1000, 10_400, 900, 9), sample(2500, 11_500, 600, 7));

    // When
    Optional<ResourceUsage> usage = ResourceUsage.of(List.of(replica));

    // Then
    assertThat(usage).contains(new ResourceUsage(600, 900, 9));
  }

  @Test
  void addsUpReplicasEachByItsOwnTime() {
    // Given
    List<TargetSample> one = List.of(sample(0, 0, 100, 2), sample(2000, 1000, 200, 3));
    List<TargetSample> other = List.of(sample(500, 7000, 50, 1), sample(1500, 7250, 40, 1));

    // When
    Optional<ResourceUsage> usage = ResourceUsage.of(List.of(one, other));

    // Then
    assertThat(usage).contains(new ResourceUsage(750, 250, 4));
  }

  @Test
  void isAbsentWithASingleSample() {
    // Given
    List<TargetSample> one = List.of(sample(0, 0, 100, 2));
    List<TargetSample> two = List.of(sample(0, 0, 100, 2), sample(1000, 1000, 200, 3));

    // When / Then
    assertThat(ResourceUsage.of(List.of(one))).isEmpty();
    assertThat(ResourceUsage.of(List.of(two, one))).isEmpty();
    assertThat(ResourceUsage.of(List.of())).isEmpty();
  }

  @Test
  void isNeverNegativeWhenAProcessEnds() {
    // Given
    List<TargetSample> replica = List.of(sample(0, 9000, 100, 2), sample(1000, 500, 100, 1));

    // When
    ResourceUsage usage = ResourceUsage.of(List.of(replica)).orElseThrow();

    // Then
    assertThat(usage.cpuMillicores()).isZero();
    assertThat(usage.requestsPerCpuSecond(100)).isEmpty();
  }

  @Test
  void computesRequestsPerCpuSecondFromThroughputAndCores() {
    // When / Then
    assertThat(new ResourceUsage(960, 1, 1).requestsPerCpuSecond(68_352.4)).contains(71_200L);
  }

  private static TargetSample sample(long atMillis, long cpuMillis, long memory, int threads) {
    return new TargetSample(
        0, START.plusMillis(atMillis), Duration.ofMillis(cpuMillis), memory, threads);
  }
}
