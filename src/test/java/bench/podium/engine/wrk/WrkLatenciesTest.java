package bench.podium.engine.wrk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bench.podium.domain.measurement.LatencyHistogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WrkLatenciesTest {

  @Provide
  Arbitrary<Map<Long, Long>> latencies() {
    return Arbitraries.maps(
        Arbitraries.longs().between(0, 3000), Arbitraries.longs().between(1, 1000));
  }

  /** {@code stats_correct} of wrk 4.1. */
  private static Map<Long, Long> corrected(Map<Long, Long> measured, long interval) {
    TreeMap<Long, Long> data = new TreeMap<>(measured);
    measured.forEach(
        (n, count) -> {
          for (long m = n - interval; n >= 2 * interval && m > interval; m -= interval) {
            data.merge(m, count, Long::sum);
          }
        });
    return data;
  }

  private static WrkLatencies read(Map<Long, Long> values, long intervalMicros) throws IOException {
    StringBuilder text = new StringBuilder("requests 1\nlatency " + values.size() + " raw\n");
    long last = 0;
    for (Map.Entry<Long, Long> value : new TreeMap<>(values).entrySet()) {
      text.append(value.getKey() - last).append(' ').append(value.getValue()).append('\n');
      last = value.getKey();
    }
    Path file = Files.createTempFile("latencies", "");
    try {
      Files.writeString(file, text.append("end\n"));
      return WrkLatencies.read(file, Duration.of(intervalMicros, ChronoUnit.MICROS));
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 200)
  void reversesTheCorrection(
      @ForAll("latencies") Map<Long, Long> measured,
      @ForAll @LongRange(min = 1, max = 3100) long interval)
      throws IOException {
    // Given
    Map<Long, Long> corrected = corrected(measured, interval);
    // When
    WrkLatencies latencies = read(corrected, interval);
    // Then
    assertThat(latencies.measured()).isEqualTo(LatencyHistogram.of(measured));
    assertThat(latencies.corrected()).isEqualTo(LatencyHistogram.of(corrected));
    assertThat(latencies.negativeBuckets()).isZero();
  }

  @Test
  void countsNegativeBucketsOfAnotherCorrection() throws IOException {
    // Given: 25 and 30 would have added 15 and 20, which are absent; 35 would have added two of 25
    Map<Long, Long> corrected = Map.of(30L, 1L, 25L, 1L, 35L, 2L);
    // When
    WrkLatencies latencies = read(corrected, 10);
    // Then
    assertThat(latencies.negativeBuckets()).isEqualTo(3);
  }

  @Test
  void rejectsATruncatedFile() throws IOException {
    // Given
    Path file = Files.createTempFile("latencies", "");
    Files.writeString(file, "latency 3 raw\n1 1\n1 ");
    // When
    var thrown = assertThatThrownBy(() -> WrkLatencies.read(file, Duration.ZERO));
    // Then
    thrown.isInstanceOf(IOException.class);
    Files.delete(file);
  }
}
