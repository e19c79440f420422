package bench.podium.domain.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReplySeriesTest {

  @Test
  void usesTenthsOfASecondUpToTenMinutesAndSecondsBeyond() {
    // Given
    Duration tenMinutes = Duration.ofMinutes(10);

    // When, Then
    assertThat(ReplySeries.slotsOf(tenMinutes)).isEqualTo(6_000);
    assertThat(ReplySeries.slotsOf(tenMinutes.plusSeconds(1))).isEqualTo(601);
    assertThat(ReplySeries.slotsOf(Duration.ofDays(1))).isEqualTo(86_400);
    assertThat(ReplySeries.slotsOf(Duration.ofDays(1).plusSeconds(1))).isZero();
  }

  @Property(tries = 200)
  void mergesAndAddsUpWithoutLoss(
      @ForAll @Size(max = 25) List<@LongRange(min = 0, max = 100) Long> one,
      @ForAll @Size(max = 25) List<@LongRange(min = 0, max = 100) Long> other) {
    // Given
    List<ReplySeries> parts =
        List.of(
            new ReplySeries(ReplySeries.FINE, one),
            new ReplySeries(ReplySeries.FINE, other),
            ReplySeries.none());

    // When
    ReplySeries merged = ReplySeries.merge(parts);

    // Then
    assertThat(sum(merged.counts())).isEqualTo(sum(one) + sum(other));
    assertThat(merged.counts()).hasSize(Math.max(one.size(), other.size()));
    assertThat(sum(merged.perSecond()))
        .isEqualTo(sum(merged.counts().subList(0, merged.counts().size() / 10 * 10)));
  }

  @Test
  void addsUpTenTenthsToASecond() {
    // Given
    ReplySeries series = new ReplySeries(ReplySeries.FINE, Collections.nCopies(20, 3L));

    // When, Then
    assertThat(series.perSecond()).containsExactly(30L, 30L);
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
