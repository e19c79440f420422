package bench.podium.collector;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.TargetSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleRingTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void returnsTheSamplesOfAnIntervalAndTheLastBeforeIt() {
    // Given
    SampleRing ring = ring(100, 10);

    // When
    List<TargetSample> around = ring.around(START.plusMillis(3500), START.plusMillis(6200));

    // Then
    assertThat(around).extracting(TargetSample::index).containsExactly(3L, 4L, 5L, 6L);
  }

  @Test
  void dropsTheOldestSamples() {
    // Given
    SampleRing ring = ring(3, 10);

    // When
    List<TargetSample> around = ring.around(START, START.plusSeconds(60));

    // Then
    assertThat(around).extracting(TargetSample::index).containsExactly(7L, 8L, 9L);
  }

  @Test
  void returnsNothingWhenEmpty() {
    // When / Then
    assertThat(ring(3, 0).around(START, START.plusSeconds(1))).isEmpty();
  }

  private static SampleRing ring(int capacity, int samples) {
    SampleRing ring = new SampleRing(capacity);
    for (int index = 0; index < samples; index++) {
      ring.add(new TargetSample(index, START.plusSeconds(index), Duration.ZERO, 0, 0));
    }
    return ring;
  }
}
