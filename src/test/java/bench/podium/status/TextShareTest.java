package bench.podium.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TextShareTest {

  @Test
  void leavesTextsThatFitAsTheyAre() {
    // When
    int share = TextShare.of(List.of(10, 20, 30), 60);

    // Then
    assertThat(share).isGreaterThanOrEqualTo(30);
  }

  @Test
  void givesLongTextsWhatShortOnesDoNotNeed() {
    // When
    int share = TextShare.of(List.of(10, 100, 100), 110);

    // Then
    assertThat(share).isEqualTo(50);
  }

  @Property(tries = 200)
  void neverExceedsTheTotal(
      @ForAll @Size(max = 50) List<@IntRange(max = 2000) Integer> sizes,
      @ForAll @IntRange(max = 10_000) int room) {
    // When
    int share = TextShare.of(sizes, room);

    // Then
    assertThat(sizes.stream().mapToInt(size -> Math.min(size, share)).sum())
        .isLessThanOrEqualTo(room);
  }
}
