package bench.podium.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TextTruncationTest {

  @Test
  void returnsAFittingTextUnchanged() {
    // Given
    String text = "step 3: \u00fcbung\n\ud83d\ude80";

    // When
    String cut = TextTruncation.to(24, text);

    // Then
    assertThat(cut).isEqualTo(text);
  }

  @Test
  void notesHowMuchWasRemoved() {
    // Given
    String text = "\ud83d\ude80".repeat(1_000);

    // When
    String cut = TextTruncation.to(24, text);

    // Then
    assertThat(cut).isEqualTo("\ud83d\ude80\ud83d\ude80... (998 more)");
  }

  @Test
  void replacesControlCharactersAndLoneSurrogates() {
    // Given
    String text = "a\u0000b\u001bc\ud800d\ude80e\r\n";

    // When
    String cut = TextTruncation.to(1024, text);

    // Then
    assertThat(cut).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFD\n");
  }

  @Property(tries = 500)
  void neverExceedsTheBoundNorSplitsACharacter(
      @ForAll Random random, @ForAll @IntRange(min = 24, max = 1024) int bound) {
    // Given
    String text = new AnyRunSnapshot(random).text();

    // When
    String cut = TextTruncation.to(bound, text);

    // Then
    assertThat(cut.codePointCount(0, cut.length())).isLessThanOrEqualTo(bound);
    assertThat(cut.codePoints())
        .allMatch(point -> point == '\n' || !Character.isISOControl(point))
        .noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
    assertThat(TextTruncation.to(bound, cut)).isEqualTo(cut);
  }

  @Test
  void countsBytesForEvents() {
    // Given
    String text = "\ud83d\ude80".repeat(1_000);

    // When
    String cut = TextTruncation.toBytes(32, text);

    // Then
    assertThat(cut).isEqualTo("\ud83d\ude80\ud83d\ude80... (998 more)");
  }

  @Property(tries = 500)
  void neverHasMoreBytesThanTheBoundNorASecondLine(
      @ForAll Random random, @ForAll @IntRange(min = 24, max = 1024) int bound) {
    // Given
    String text = new AnyRunSnapshot(random).text();

    // When
    String cut = TextTruncation.toBytes(bound, text);

    // Then
    assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(bound);
    assertThat(cut.codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
    assertThat(TextTruncation.toBytes(bound, cut)).isEqualTo(cut);
  }
}
