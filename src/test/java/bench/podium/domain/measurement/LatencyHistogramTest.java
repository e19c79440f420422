package bench.podium.domain.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  @Provide
  Arbitrary<long[]> latencies() {
    return Arbitraries.longs()
        .between(0, LatencyHistogram.MAX_MICROS)
        .array(long[].class)
        .ofMinSize(1)
        .ofMaxSize(400);
  }

  private static LatencyHistogram histogram(long... micros) {
    LatencyHistogram.Builder builder = LatencyHistogram.builder();
    Arrays.stream(micros).forEach(value -> builder.add(value, 1));
    return builder.build();
  }

  private static long exactPercentile(long[] micros, double percent) {
    long[] sorted = micros.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.min(sorted.length, Math.floor(percent / 100 * sorted.length) + 1);
    return sorted[rank - 1];
  }

  @Property(tries = 200)
  void computesPercentilesWithinHalfAPermilleOfTheExactValue(@ForAll("latencies") long[] micros) {
    // Given
    LatencyHistogram histogram = histogram(micros);
    // When
    long p50 = histogram.percentileMicros(50);
    // Then
    double exact = exactPercentile(micros, 50);
    assertThat((double) p50).isCloseTo(exact, within(exact * 0.0005));
  }

  @Property(tries = 200)
  void mergesToTheHistogramOfAllValues(
      @ForAll("latencies") long[] one, @ForAll("latencies") long[] other) {
    // Given
    long[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    // When
    LatencyHistogram merged = LatencyHistogram.merge(List.of(histogram(one), histogram(other)));
    // Then
    assertThat(merged).isEqualTo(histogram(both));
    assertThat(merged.count()).isEqualTo(both.length);
    assertThat(merged.meanMicros()).isEqualTo(Arrays.stream(both).average().orElseThrow());
    assertThat(merged.maxMicros()).isEqualTo(Arrays.stream(both).max().orElseThrow());
  }

  @Property(tries = 200)
  void encodesEqualHistogramsToEqualBytesWithoutLoss(@ForAll("latencies") long[] micros) {
    // Given
    LatencyHistogram histogram = histogram(micros);
    // When
    LatencyHistogram decoded = LatencyHistogram.decode(histogram.encode());
    // Then
    assertThat(decoded).isEqualTo(histogram).hasSameHashCodeAs(histogram);
    assertThat(decoded.encode()).isEqualTo(histogram.encode());
  }

  @Test
  void usesTheRankOfWrk() {
    // Given
    LatencyHistogram histogram = histogram(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    // When
    long p50 = histogram.percentileMicros(50);
    // Then: wrk rounds 5.5 up to the 6th value
    assertThat(p50).isEqualTo(6);
    assertThat(histogram.percentileMicros(99)).isEqualTo(10);
    assertThat(histogram.percentileMicros(100)).isEqualTo(10);
  }

  @Test
  void keepsTheExactMaximumAndNeverExceedsIt() {
    // Given
    LatencyHistogram histogram = histogram(1_000_000);
    // When
    long p999 = histogram.percentileMicros(99.9);
    // Then
    assertThat(p999).isLessThanOrEqualTo(1_000_000);
    assertThat(histogram.maxMicros()).isEqualTo(1_000_000);
  }

  @Test
  void countsLatenciesAboveAMinuteAsAMinute() {
    // Given
    Map<Long, Long> counts = Map.of(90_000_000L, 2L);
    // When
    LatencyHistogram histogram = LatencyHistogram.of(counts);
    // Then
    assertThat(histogram.maxMicros()).isEqualTo(LatencyHistogram.MAX_MICROS);
    assertThat(histogram.meanMicros()).isEqualTo(60e6);
    assertThat(histogram.count()).isEqualTo(2);
  }

  @Test
  void hasNoFiguresIfEmpty() {
    // Given
    LatencyHistogram empty = LatencyHistogram.empty();
    // When
    LatencyHistogram decoded = LatencyHistogram.decode(empty.encode());
    // Then
    assertThat(decoded.isEmpty()).isTrue();
    assertThat(decoded.percentileMicros(99)).isZero();
    assertThat(decoded.meanMicros()).isZero();
    assertThat(LatencySummary.of(decoded)).isEmpty();
  }

  @Test
  void rejectsForeignBytes() {
    // Given
    byte[] foreign = {1, 2, 3};
    // When
    var refusal = assertThatIllegalArgumentException();
    // Then
    refusal.isThrownBy(() -> LatencyHistogram.decode(foreign));
    refusal.isThrownBy(() -> LatencyHistogram.decode(new byte[64]));
  }

  @Property(tries = 300)
  void addsDescendingValuesLikeALoop(
      @ForAll @LongRange(min = 1, max = LatencyHistogram.MAX_MICROS) long first,
      @ForAll @LongRange(min = 1, max = 2_000_000) long rawStep,
      @ForAll @LongRange(min = 1, max = 5000) long maxTerms,
      @ForAll @LongRange(min = 0, max = 1000) long count) {
    // Given
    long step = 1 + rawStep % first;
    long terms = Math.min(maxTerms, first / step);
    LatencyHistogram.Builder loop = LatencyHistogram.builder();
    for (long i = 0; i < terms; i++) {
      loop.add(first - i * step, count);
    }
    // When
    LatencyHistogram descending =
        LatencyHistogram.builder().addDescending(first, step, terms, count).build();
    // Then
    assertThat(descending).isEqualTo(loop.build());
  }

  @Test
  void rejectsInvalidDescendingValues() {
    // Given
    LatencyHistogram.Builder builder = LatencyHistogram.builder();
    // When
    var refusal = assertThatIllegalArgumentException();
    // Then
    refusal.isThrownBy(() -> builder.addDescending(100, 10, 12, 1));
    refusal.isThrownBy(() -> builder.addDescending(100, 0, 1, 1));
    refusal.isThrownBy(() -> builder.addDescending(LatencyHistogram.MAX_MICROS + 1, 1, 1, 1));
  }
}
