package bench.podium.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class DurationTextTest {

  @Property
  void parsesFormattedDurations(@ForAll @LongRange(min = 0, max = 35_999_999_999L) long millis) {
    // Given
    Duration duration = Duration.ofMillis(millis);

    // When
    String text = DurationText.of(duration);

    // Then
    assertThat(DurationText.parse(text)).contains(duration);
  }

  @Property
  void parsesFormattedLatencies(@ForAll @LongRange(min = 0, max = 3_599_999_999L) long micros) {
    // Given
    Duration duration = Duration.of(micros, ChronoUnit.MICROS);

    // When
    String text = DurationText.of(duration);

    // Then
    assertThat(DurationText.parseLatency(text)).contains(duration);
  }

  @Property
  void neverThrows(@ForAll @StringLength(max = 12) String text) {
    // When
    var parsed = DurationText.parse(text);

    // Then
    parsed.ifPresent(duration -> assertThat(duration.isNegative()).isFalse());
  }

  @Example
  void addsUpUnits() {
    // When
    var parsed = DurationText.parse("1h1m1s1ms");

    // Then
    assertThat(parsed).contains(Duration.ofMillis(3_661_001));
  }

  @Example
  void rejectsOtherTexts() {
    for (String text : new String[] {"", "5", "s", "1.5m", "-1s", "1s1m", "1 s", "1us", "99999h"}) {
      // When
      var parsed = DurationText.parse(text);

      // Then
      assertThat(parsed).as(text).isEmpty();
    }
  }
}
