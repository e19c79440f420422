package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.observation.LogEnd;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogTextTest {

  private static final Redaction NOTHING = Redaction.of(List.of());

  @Test
  void keepsTheLastTwentyLines() {
    // Given
    List<String> lines = IntStream.range(0, 100).mapToObj(i -> "line " + i).toList();

    // When
    LogEnd end = LogText.of(lines, NOTHING);

    // Then
    assertThat(end.lines()).hasSize(20).startsWith("line 80").endsWith("line 99");
    assertThat(end.lastLine()).contains("line 99");
  }

  @Test
  void keepsAtMostEightKibibytesAndTruncatesLongLines() {
    // Given
    List<String> lines = IntStream.range(0, 30).mapToObj(i -> "ä".repeat(8_000) + i).toList();

    // When
    LogEnd end = LogText.of(lines, NOTHING);

    // Then
    assertThat(String.join("\n", end.lines()).getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(4 * 1024, 8 * 1024);
    assertThat(end.lines()).allMatch(line -> line.endsWith("ä..."));
    assertThat(end.lastLine().orElseThrow()).hasSize(256).endsWith("ä...");
  }

  @Test
  void replacesControlCharacters() {
    // Given
    List<String> lines = List.of("\u001B[31mred\u001B[0m\tand\u0007 \u202Eback\uD800 😀");

    // When
    LogEnd end = LogText.of(lines, NOTHING);

    // Then
    assertThat(end.lastLine()).contains("red and\uFFFD \uFFFDback\uFFFD 😀");
    assertThat(end.lines()).containsExactly("red and\uFFFD \uFFFDback\uFFFD 😀");
  }

  @Test
  void findsAPanicInALogWithWindowsLineEnds() {
    // Given
    List<String> lines = List.of("panic: no\r", "\r", "goroutine 1 [running]:\r", "main.main()\r");

    // When
    LogEnd end = LogText.of(lines, NOTHING);

    // Then
    assertThat(end.lastLine()).contains("panic: no");
    assertThat(end.lines()).startsWith("panic: no", "");
  }

  @Test
  void replacesSecretsEvenTruncatedOnes() {
    // Given
    Redaction redaction = Redaction.of(List.of("s3cret-word"));
    String cut = "x".repeat(LogText.MAX_READ_BYTES - 30) + "s3cret-";

    // When
    LogEnd end = LogText.of(List.of(cut, "with s3cret-word"), redaction);

    // Then
    assertThat(end.lastLine()).contains("with [redacted]");
    assertThat(end.lines()).noneMatch(line -> line.contains("s3cret"));
  }

  @Test
  void replacesASecretAtWhichTheShownLineIsTruncated() {
    // Given
    Redaction redaction = Redaction.of(List.of("s3cret-word"));

    // When
    LogEnd end = LogText.of(List.of("x".repeat(248) + "s3cret-word and more"), redaction);

    // Then
    assertThat(end.lastLine().orElseThrow()).endsWith("x[reda...").hasSize(256);
  }
}
