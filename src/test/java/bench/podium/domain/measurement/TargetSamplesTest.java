package bench.podium.domain.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.TargetSamples.Coverage;
import bench.podium.domain.measurement.TargetSamples.MainProcesses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetSamplesTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant FROM = START.plusMillis(10_300);
  private static final Instant UNTIL = START.plusMillis(20_300);

  @Test
  void isCompleteWhenNoSampleIsMissing() {
    // When
    Coverage coverage = samples(0, 20).coverage(FROM, UNTIL);

    // Then
    assertThat(coverage)
        .isInstanceOfSatisfying(
            Coverage.Complete.class,
            whole -> assertThat(indexes(whole.within())).containsExactly(range(11, 20)));
  }

  @Test
  void acceptsALastSampleWithinTheSampleInterval() {
    // When / Then
    assertThat(samples(0, 19).coverage(FROM, UNTIL)).isInstanceOf(Coverage.Complete.class);
    assertThat(samples(0, 18).coverage(FROM, UNTIL)).isEqualTo(new Coverage.Pending());
  }

  @Test
  void findsAGapBeforeTheFirstSampleInTheInterval() {
    // Given: sample 11 may have been within the interval
    TargetSamples samples = without(11, samples(0, 21));

    // When / Then
    assertThat(samples.coverage(FROM, UNTIL)).isEqualTo(new Coverage.Gap());
  }

  @Test
  void ignoresMissingSamplesOutsideTheInterval() {
    // Given
    TargetSamples samples = without(21, without(8, samples(0, 22)));

    // When / Then
    assertThat(samples.coverage(FROM, UNTIL)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void findsAGapWhereTheBeginningWasRotatedAway() {
    // When / Then
    assertThat(samples(13, 21).coverage(FROM, UNTIL)).isEqualTo(new Coverage.Gap());
  }

  @Test
  void findsAGapWhereTheCollectorStartedInTheInterval() {
    // Given
    List<TargetSample> samples =
        LongStream.rangeClosed(0, 8).mapToObj(index -> sample(index, 13 + index)).toList();

    // When / Then
    assertThat(new TargetSamples(samples).coverage(FROM, UNTIL)).isEqualTo(new Coverage.Gap());
  }

  @Test
  void findsAGapWhereTheCollectorRestarted() {
    // Given
    List<TargetSample> samples =
        List.of(sample(10, 10), sample(11, 11), sample(0, 13), sample(1, 14), sample(2, 20));

    // When / Then
    assertThat(new TargetSamples(samples).coverage(FROM, UNTIL)).isEqualTo(new Coverage.Gap());
  }

  @Test
  void isPendingWithoutSamples() {
    // When / Then
    assertThat(TargetSamples.none().coverage(FROM, UNTIL)).isEqualTo(new Coverage.Pending());
  }

  @Property(tries = 300)
  void alwaysDetectsASingleMissingSample(
      @ForAll @IntRange(max = 60) int missing,
      @ForAll @IntRange(min = 1, max = 30) int fromSecond,
      @ForAll @IntRange(min = 2, max = 25) int seconds) {
    // Given
    Instant from = START.plusSeconds(fromSecond);
    Instant until = from.plusSeconds(seconds);

    // When
    Coverage coverage = without(missing, samples(0, 60)).coverage(from, until);

    // Then
    boolean within = missing >= fromSecond && missing < fromSecond + seconds - 1;
    if (within) {
      assertThat(coverage).isEqualTo(new Coverage.Gap());
    } else {
      assertThat(coverage).isInstanceOfAny(Coverage.Complete.class, Coverage.Gap.class);
    }
  }

  private static TargetSamples samples(long first, long last) {
    return new TargetSamples(
        LongStream.rangeClosed(first, last).mapToObj(index -> sample(index, index)).toList());
  }

  private static TargetSamples without(long index, TargetSamples samples) {
    return new TargetSamples(
        samples.samples().stream().filter(sample -> sample.index() != index).toList());
  }

  private static TargetSample sample(long index, long second) {
    return new TargetSample(
        index, START.plusSeconds(second), Duration.ofMillis(second * 500), 1000, 4);
  }

  private static List<Long> indexes(List<TargetSample> samples) {
    return samples.stream().map(TargetSample::index).toList();
  }

  private static Long[] range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toArray(Long[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "'5 9', '5 9', 10, SAME",
    // A process that started later is ignored.
    "'5', '5 20', 10, SAME",
    "'5', '8', 10, ENDED",
    "'5 9', '5', 10, ENDED",
    // The container has not restarted yet.
    "'5', '', 10, ENDED",
    // The last sample is too old, or has no start times.
    "'5', '5', 11, UNKNOWN",
    "'', '', 10, UNKNOWN",
    "'', '5', 9, UNKNOWN",
  })
  void comparesTheMainProcessesOfTheFirstAndTheLastSample(
      String first, String last, int until, MainProcesses expected) {
    // Given: the sample before the interval has an earlier process
    TargetSamples samples =
        new TargetSamples(List.of(main(0, "1"), main(1, first), main(5, first), main(10, last)));

    // When
    MainProcesses mainProcesses =
        samples.mainProcesses(START.plusSeconds(1), START.plusSeconds(until));

    // Then
    assertThat(mainProcesses).isEqualTo(expected);
  }

  private static TargetSample main(int second, String starts) {
    List<Long> ticks =
        Stream.of(starts.split(" ", -1))
            .filter(start -> !start.isEmpty())
            .map(Long::valueOf)
            .toList();
    return new TargetSample(second, START.plusSeconds(second), Duration.ZERO, 0, 0, ticks);
  }
}
