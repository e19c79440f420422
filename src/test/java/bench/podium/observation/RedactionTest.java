package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource({
    "s3cret, no s3cret here, no [redacted] here",
    "s3cret, s3crets3cret, [redacted][redacted]",
    "8080, listen :8080, listen :[redacted]",
    // Too short, or common in any log.
    "abc, abc abc, abc abc",
    "808, listen :808, listen :808",
    "true, it is true, it is true",
    "Info, level=Info, level=Info",
    // A word, but not inside another word.
    "crash, crashing with crash-1, crashing with [redacted]-1",
    // The token alone.
    "Bearer abcdefgh, token abcdefgh, token [redacted]",
    // A part between delimiters, as in a URL or a connection string.
    "postgres://user:s3cretpass@host/db, password s3cretpass, password [redacted]",
    "Server=db;Password=p4ss-word;Port=1, using p4ss-word, using [redacted]",
    "https://h/?token=t0k3n-abc&user=me, t0k3n-abc of me, [redacted] of me",
    "postgres://user:short@host/db, short host, short host",
    "' padded ', padded, [redacted]",
  })
  void replacesLiteralOccurrences(String value, String text, String expected) {
    // Given
    Redaction redaction = Redaction.of(List.of(value));

    // When
    String left = redaction.of(text);

    // Then
    assertThat(left).isEqualTo(expected);
  }

  @Test
  void replacesTheLongerOfTwoOverlappingSecrets() {
    // Given
    Redaction redaction = Redaction.of(List.of("pass", "password", "one\ntwo-lines"));

    // When
    String left = redaction.of("password pass two-lines");

    // Then
    assertThat(left).isEqualTo("[redacted] [redacted] [redacted]");
  }

  @ParameterizedTest
  @CsvSource({"begins s3cr, begins [redacted]", "begins s3c, begins s3c", "s3cret, [redacted]"})
  void replacesATruncatedSecretAtTheEnd(String text, String expected) {
    // Given
    Redaction redaction = Redaction.of(List.of("s3cret"));

    // When
    String left = redaction.ofBeginning(text);

    // Then
    assertThat(left).isEqualTo(expected);
  }
}
