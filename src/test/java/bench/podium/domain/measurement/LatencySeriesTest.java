package bench.podium.domain.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatencySeriesTest {

  private static LatencySeries series(long... p99Micros) {
    return new LatencySeries(
        LongStream.of(p99Micros)
            .mapToObj(micros -> LatencyHistogram.of(Map.of(micros, 10L)))
            .toList());
  }

  @Test
  void computesJitterAsTheDeviationOfTheP99OfAllSeconds() {
    // Given: mean 4, squares 9 + 1 + 1 + 9
    LatencySeries series = series(1, 3, 5, 7);
    // When, Then
    assertThat(series.p99JitterMicros()).contains(Math.round(Math.sqrt(20.0 / 3)));
  }

  @Test
  void findsNoJitterAndNoSpikeInASteadyLoad() {
    // Given
    LatencySeries series = series(1000, 1000, 1000);
    // When, Then
    assertThat(series.p99JitterMicros()).contains(0L);
    assertThat(series.spikePermille(0, List.of())).contains(0);
  }

  @Test
  void countsSecondsAboveThreeTimesTheMedianAsSpikes() {
    // Given
    LatencySeries series = series(1000, 1000, 1000, 3500);
    // When, Then
    assertThat(series.spikePermille(0, List.of())).contains(250);
  }

  @Test
  void countsNoSpikeWithinTheSlo() {
    // Given
    LatencySeries series = series(1000, 1000, 1000, 3500);
    // When, Then
    assertThat(series.spikePermille(4000, List.of())).contains(0);
  }

  @Test
  void ignoresSecondsWithoutLatencies() {
    // Given
    LatencySeries series =
        new LatencySeries(List.of(LatencyHistogram.empty(), LatencyHistogram.of(Map.of(5L, 1L))));
    // When, Then
    assertThat(series.p99JitterMicros()).isEmpty();
    assertThat(series.spikePermille(0, List.of())).isEmpty();
  }

  @Test
  void countsASecondWithoutAReplyAsASpike() {
    // Given
    LatencySeries series = series(1000, 1000, 1000, 3500);
    // When, Then
    assertThat(series.spikePermille(0, List.of(9L, 0L, 9L, 9L))).contains(500);
    assertThat(LatencySeries.none().spikePermille(0, List.of(9L, 0L, 9L, 9L))).contains(250);
    assertThat(LatencySeries.none().spikePermille(0, List.of(9L))).isEmpty();
  }

  @Property(tries = 100)
  void mergesWithoutLoss(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 6) Integer> lengths,
      @ForAll @LongRange(min = 1, max = 1000) long micros) {
    // Given
    List<LatencySeries> parts =
        lengths.stream()
            .map(length -> series(LongStream.generate(() -> micros).limit(length).toArray()))
            .toList();
    // When
    LatencySeries merged = LatencySeries.merge(parts);
    // Then
    int longest = lengths.stream().mapToInt(Integer::intValue).max().orElseThrow();
    assertThat(merged.seconds()).hasSize(longest);
    IntStream.range(0, longest)
        .forEach(
            second ->
                assertThat(merged.seconds().get(second).count())
                    .isEqualTo(10 * lengths.stream().filter(length -> length > second).count()));
  }
}
