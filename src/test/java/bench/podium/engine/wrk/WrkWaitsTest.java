package bench.podium.engine.wrk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Requests start at second 100, the timeout is 2 s, wrk ends at second 110. */
class WrkWaitsTest {

  private static final long OPENED = 100_000_000;
  private static final long END = 110_000_000;
  private static final long TIMEOUT = 2_000_000;

  private static WrkWaits waits(WrkThread thread, int connections) {
    return WrkWaits.of(thread, connections, OPENED, END, TIMEOUT);
  }

  @Test
  void waitsForConnectionsAllTheTimeIfNothingWasSent() {
    // Given
    WrkThread thread = WrkThreads.withoutRequests(2);
    // When
    WrkWaits waits = waits(thread, 2);
    // Then
    assertThat(waits.requests()).isEmpty();
    assertThat(waits.toOpen()).containsExactly(10_000_000L, 10_000_000L);
  }

  @Test
  void keepsOnlyOldWaitsOfABusyThread() {
    // Given: a thousand requests on the other two connections after the scan
    WrkThread thread =
        WrkThreads.scanned(
            109_900_000, 1000, 5000, 109_999_000, 4990, 103_000_000L, 109_899_000L, -109_900_000L);
    // When
    WrkWaits waits = waits(thread, 3);
    // Then
    assertThat(waits.requests()).containsExactly(7_000_000L);
    assertThat(waits.toOpen()).isEmpty();
    assertThat(waits.idle()).isFalse();
  }

  @Test
  void keepsAllWaitsOfAnIdleThread() {
    // Given: one was waiting, two were answered and sent again after the scan
    WrkThread thread =
        WrkThreads.scanned(
            104_000_000, 7, 500, 104_050_000, 497, 101_000_000L, 103_999_000L, -104_000_000L);
    // When
    WrkWaits waits = waits(thread, 3);
    // Then
    assertThat(waits.requests()).containsExactly(5_950_000L, 5_950_000L, 9_000_000L);
    assertThat(waits.idle()).isTrue();
  }

  @Test
  void keepsAShortWaitIfFewerRequestsWereSentThanConnectionsExist() {
    // Given: only the connection that triggered the scan has sent since
    WrkThread thread =
        WrkThreads.scanned(104_000_000, 1, 9, 104_000_000, 7, 103_000_000L, -104_000_000L);
    // When
    WrkWaits waits = waits(thread, 2);
    // Then
    assertThat(waits.requests()).containsExactly(6_000_000L, 7_000_000L);
  }

  @Test
  void waitsForAConnectionThatCannotBeReopened() {
    // Given
    WrkThread thread =
        WrkThreads.scanned(109_900_000, 50, 5000, 109_999_000, 4998, -105_000_000L, 109_800_000L);
    // When
    WrkWaits waits = waits(thread, 2);
    // Then
    assertThat(waits.requests()).isEmpty();
    assertThat(waits.toOpen()).containsExactly(5_000_000L);
  }

  @Test
  void limitsWaitingRequestsToUnansweredOnes() {
    // Given: two of the three were not open when the thread became idle
    WrkThread thread =
        WrkThreads.scanned(
            100_010_000, 3, 3, 100_020_000, 2, 100_009_000L, -100_000_000L, -100_000_000L);
    // When
    WrkWaits waits = waits(thread, 3);
    // Then
    assertThat(waits.requests()).hasSize(1);
    assertThat(waits.toOpen()).hasSize(2);
  }

  @Property(tries = 500)
  void hasAtMostOneWaitPerConnectionAndNoneShorterThanTheTimeout(
      @ForAll @Size(min = 1, max = 20)
          List<@LongRange(min = -110_000_000, max = 110_000_000) Long> drawn,
      @ForAll @LongRange(min = 1, max = 50) long requestsSince,
      @ForAll @LongRange(min = 0, max = 9_000_000) long scannedAfter,
      @ForAll @LongRange(min = 0, max = 100_000) long lastAfter,
      @ForAll @LongRange(min = 0, max = 100) long answered) {
    // Given
    long at = OPENED + scannedAfter;
    Long[] since =
        drawn.stream()
            .map(d -> (d < 0 ? -1 : 1) * Math.clamp(Math.abs(d), OPENED, at))
            .toArray(Long[]::new);
    WrkThread thread = WrkThreads.scanned(at, requestsSince, 100, at + lastAfter, answered, since);
    // When
    WrkWaits waits = waits(thread, since.length);
    // Then
    assertThat(waits.requests().size() + waits.toOpen().size()).isLessThanOrEqualTo(since.length);
    assertThat(LongStream.concat(stream(waits.requests()), stream(waits.toOpen())))
        .allMatch(wait -> wait >= TIMEOUT && wait <= END - OPENED);
    assertThat((long) waits.requests().size()).isLessThanOrEqualTo(100 - answered);
    assertThat(waits.requests()).isSorted();
  }

  private static LongStream stream(List<Long> values) {
    return values.stream().mapToLong(Long::longValue);
  }
}
