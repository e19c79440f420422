package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogEndTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "10, 10", "12, 12", "13, 12", "24, 12", "25, 12", "1000, 12"})
  void returnsTheLastWholeLinesThatFit(int lines, int expected) throws IOException {
    // Given: lines of 8 bytes, and room for 100
    InputStream log = new ByteArrayInputStream(text(0, lines).getBytes(StandardCharsets.UTF_8));

    // When
    byte[] end = LogEnd.of(log, 100);

    // Then
    assertThat(new String(end, StandardCharsets.UTF_8)).isEqualTo(text(lines - expected, lines));
  }

  private static String text(int from, int until) {
    return IntStream.range(from, until)
        .mapToObj("line%03d\n"::formatted)
        .collect(Collectors.joining());
  }
}
