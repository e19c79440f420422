package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {

  @Test
  void readsLinesIncludingAnUnterminatedLastOne() throws IOException {
    // Given
    String text = "one\n\ntwo \u00fc\nthree";

    // When
    List<String> lines = read(text, 100);

    // Then
    assertThat(lines).containsExactly("one", "", "two \u00fc", "three");
  }

  @Test
  void truncatesALongLineAndContinuesWithTheNext() throws IOException {
    // Given
    String text = "x".repeat(1_000_000) + "\nshort\n";

    // When
    List<String> lines = read(text, 10);

    // Then
    assertThat(lines).containsExactly("x".repeat(11), "short");
  }

  @Test
  void returnsNoLineForAnEmptyStream() throws IOException {
    // Given
    String text = "";

    // When
    List<String> lines = read(text, 10);

    // Then
    assertThat(lines).isEmpty();
  }

  private static List<String> read(String text, int bound) throws IOException {
    BoundedLines bounded =
        new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), bound);
    List<String> lines = new ArrayList<>();
    Optional<String> line = bounded.next();
    while (line.isPresent()) {
      lines.add(line.get());
      line = bounded.next();
    }
    return lines;
  }
}
