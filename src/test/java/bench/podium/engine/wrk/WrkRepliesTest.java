package bench.podium.engine.wrk;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.ReplySeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WrkRepliesTest {

  private static final Duration STAGE = Duration.ofSeconds(1);

  private static WrkThread thread(Long... replies) {
    List<Long> slots = new ArrayList<>(Collections.nCopies(10, 0L));
    for (int i = 0; i < replies.length; i++) {
      slots.set(i, replies[i]);
    }
    return WrkThreads.withReplies(
        WrkThreads.scanned(1_000_000, 1, 100, 1_000_000, 0, 1_000_000L), slots);
  }

  @Test
  void countsRepliesInTheSlotOfTheNextRequest() {
    // Given: in its third slot the first thread sent nothing
    WrkThread first = thread(5L, 9L, 0L, 20L);
    WrkThread second = thread(1L, 1L, 4L);
    // When
    ReplySeries series = WrkReplies.of(List.of(first, second), 26, STAGE);
    // Then: two came after the last request
    assertThat(series.slot()).isEqualTo(ReplySeries.FINE);
    assertThat(series.counts()).containsExactly(6L, 4L, 3L, 13L, 0L, 0L, 0L, 0L, 0L, 0L);
  }

  @Test
  void hasNoSeriesIfStructsAreUnreadable() {
    // Given
    WrkThread unreadable = WrkThreads.unreadable(thread(5L));
    // When
    ReplySeries series = WrkReplies.of(List.of(thread(5L), unreadable), 10, STAGE);
    // Then
    assertThat(series).isEqualTo(ReplySeries.none());
  }

  @Property(tries = 200)
  void countsEachReplyOnce(
      @ForAll @Size(min = 1, max = 10) List<@LongRange(min = 0, max = 1000) Long> growth,
      @ForAll @LongRange(min = 0, max = 50) long afterwards) {
    // Given
    long replies = 0;
    List<Long> slots = new ArrayList<>();
    for (long more : growth) {
      replies += more;
      slots.add(more == 0 ? 0 : replies);
    }
    WrkThread thread = thread(slots.toArray(Long[]::new));
    // When
    ReplySeries series =
        WrkReplies.of(List.of(thread, thread(3L)), replies + 3 + afterwards, STAGE);
    // Then
    assertThat(series.counts().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(replies + 3 + afterwards);
  }
}
