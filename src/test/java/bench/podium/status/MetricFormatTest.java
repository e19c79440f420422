package bench.podium.status;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricFormatTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0/s",
    "999, 999/s",
    "1000, 1.0k/s",
    "68295, 68.3k/s",
    "999949, 999.9k/s",
    "999950, 1.0M/s",
    "1234567, 1.2M/s"
  })
  void formatsThroughput(long perSecond, String expected) {
    // Given / When
    String text = MetricFormat.throughput(perSecond);

    // Then
    assertThat(text).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0us",
    "999, 999us",
    "1000, 1.0ms",
    "21400, 21.4ms",
    "999949, 999.9ms",
    "999950, 1.0s",
    "60000000, 60.0s"
  })
  void formatsLatency(long micros, String expected) {
    // Given / When
    String text = MetricFormat.latency(micros);

    // Then
    assertThat(text).isEqualTo(expected);
  }

  @Property(tries = 200)
  void fitsItsColumn(@ForAll @LongRange(min = 0, max = 1_000_000_000_000_000L) long figure) {
    // Given / When
    String throughput = MetricFormat.throughput(figure);
    String latency = MetricFormat.latency(figure);

    // Then
    assertThat(throughput.length()).isLessThanOrEqualTo(16);
    assertThat(latency.length()).isLessThanOrEqualTo(16);
  }
}
