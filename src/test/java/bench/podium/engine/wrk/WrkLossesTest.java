package bench.podium.engine.wrk;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.ConnectionStalls;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencyHistogram;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Requests start at second 100, the timeout is 2 s, wrk ends at second 110. */
class WrkLossesTest {

  private static final WrkThread BUSY =
      WrkThreads.scanned(
          109_900_000, 1000, 5000, 109_999_000, 4996, 103_000_000L, 109_899_000L, 109_899_000L);

  private static final WrkThread IDLE =
      WrkThreads.scanned(
          104_000_000, 7, 500, 104_050_000, 497, 101_000_000L, 103_999_000L, -104_000_000L);

  private static WrkLosses losses(long requests, ErrorCounts errors, WrkThread... threads) {
    List<WrkThread> all = List.of(threads);
    long sent = all.stream().mapToLong(WrkThread::sent).sum();
    return WrkLosses.of(
        new WrkTotals(
            Instant.ofEpochSecond(100),
            Instant.ofEpochSecond(100),
            Duration.ofSeconds(10),
            3 * all.size(),
            sent,
            requests,
            errors),
        all,
        Duration.ofSeconds(2));
  }

  private static ErrorCounts errors(long broken, long late) {
    return new ErrorCounts(0, broken, 0, late, 0);
  }

  @Test
  void recordsUnansweredRequestsAtTheirWaits() {
    // When
    WrkLosses losses = losses(5493, errors(0, 0), BUSY, IDLE);
    // Then
    assertThat(losses.unanswered()).isEqualTo(4);
    assertThat(losses.byMicros()).isEqualTo(Map.of(5_950_000L, 2L, 7_000_000L, 1L, 9_000_000L, 1L));
    assertThat(losses.stalls())
        .contains(
            new ConnectionStalls(
                6, Duration.ofSeconds(60), Duration.ofMillis(27_900), 4, Duration.ofMillis(5950)));
  }

  @Test
  void recordsLateRepliesAtTheirScannedWaitsOrAtTheTimeout() {
    // Given
    WrkThread thread = WrkThreads.withLate(BUSY, 31, 2, 6_250_000);
    // When: wrk counted three
    WrkLosses losses = losses(4996, errors(0, 3), thread);
    // Then: the third came after the last scan, so it is the one that was waiting then
    assertThat(losses.byMicros()).isEqualTo(Map.of(3_100_000L, 2L, 2_000_000L, 1L));
    assertThat(losses.unanswered()).isZero();
    assertThat(losses.stalls().map(ConnectionStalls::unanswered)).contains(0L);
  }

  @Test
  void neverExceedsTheCountOfWrk() {
    // Given: connections that are opened for each request
    WrkThread thread = WrkThreads.withLate(BUSY, 20, 5, 10_100_000);
    // When
    WrkLosses losses = losses(4999, errors(0, 1), thread);
    // Then
    assertThat(losses.histogram().count()).isEqualTo(1 + losses.unanswered());
  }

  @Test
  void doesNotCountBrokenConnectionsOfAnIdleThreadAsUnanswered() {
    // When: all three broke after the last request
    WrkLosses losses = losses(497, errors(3, 0), IDLE);
    // Then
    assertThat(losses.unanswered()).isZero();
    assertThat(losses.byMicros()).isEqualTo(Map.of(2_000_000L, 3L));
    assertThat(losses.stalls().map(ConnectionStalls::unanswered)).contains(3L);
  }

  @Test
  void includesWaitsOfBrokenConnectionsInStalls() {
    // Given
    WrkThread thread = WrkThreads.withBroken(BUSY, 900_000);
    // When
    WrkLosses losses = losses(4996, errors(1, 0), thread);
    // Then: and the one that is unanswered for 7 s
    assertThat(losses.byMicros()).isEqualTo(Map.of(2_000_000L, 1L, 7_000_000L, 1L));
    assertThat(losses.stalls().map(ConnectionStalls::waited)).contains(Duration.ofMillis(7900));
  }

  @Test
  void countsConnectionsOfAnIdleThreadAsUnansweredIfStructsAreUnreadable() {
    // When
    WrkLosses losses =
        losses(5493, errors(1, 1), WrkThreads.unreadable(BUSY), WrkThreads.unreadable(IDLE));
    // Then
    assertThat(losses.unanswered()).isEqualTo(3);
    assertThat(losses.byMicros()).isEqualTo(Map.of(2_000_000L, 2L, 5_950_000L, 3L));
    assertThat(losses.stalls()).isEmpty();
  }

  @Provide
  Arbitrary<Map<Long, Long>> waits() {
    return Arbitraries.maps(
        Arbitraries.longs().between(1, 30_000), Arbitraries.longs().between(1, 100));
  }

  @Property(tries = 200)
  void appliesTheCorrectionOfWrk(
      @ForAll("waits") Map<Long, Long> waits, @ForAll @LongRange(min = 1, max = 20_000) long step) {
    // Given: stats_correct of wrk 4.1
    LatencyHistogram.Builder expected = LatencyHistogram.builder();
    waits.forEach(
        (n, count) -> {
          expected.add(n, count);
          for (long m = n - step; n >= 2 * step && m > step; m -= step) {
            expected.add(m, count);
          }
        });
    WrkLosses losses = new WrkLosses(new TreeMap<>(waits), 0, Optional.empty());
    // When
    LatencyHistogram corrected = losses.corrected(Duration.of(step, ChronoUnit.MICROS));
    // Then
    assertThat(corrected).isEqualTo(expected.build());
  }

  @Test
  void addsNothingForAZeroInterval() {
    // Given
    WrkLosses losses = new WrkLosses(new TreeMap<>(Map.of(90_000_000L, 2L)), 2, Optional.empty());
    // When
    LatencyHistogram corrected = losses.corrected(Duration.ZERO);
    // Then
    assertThat(corrected).isEqualTo(losses.histogram());
  }
}
