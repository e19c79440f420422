package bench.podium.domain.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionStallsTest {

  private static ConnectionStalls stalls(int connections, long waitedMillis, int unanswered) {
    return new ConnectionStalls(
        connections,
        Duration.ofSeconds(10).multipliedBy(connections),
        Duration.ofMillis(waitedMillis),
        unanswered,
        unanswered == 0 ? Duration.ZERO : Duration.ofMillis(waitedMillis / unanswered));
  }

  @Test
  void addsUpWorkersAndTakesTheShortestWaitAtTheEnd() {
    // Given
    List<ConnectionStalls> parts = List.of(stalls(8, 12_000, 2), stalls(8, 0, 0), stalls(4, 3, 1));

    // When
    ConnectionStalls merged = ConnectionStalls.merge(parts);

    // Then
    assertThat(merged)
        .isEqualTo(
            new ConnectionStalls(
                20, Duration.ofSeconds(200), Duration.ofMillis(12_003), 3, Duration.ofMillis(3)));
  }

  @Test
  void roundsTheShareUpToAtMostAMillion() {
    // Given
    ConnectionStalls little =
        new ConnectionStalls(1, Duration.ofSeconds(10_000), Duration.ofNanos(1), 0, Duration.ZERO);

    // When, Then
    assertThat(little.partsPerMillion()).isEqualTo(1);
    assertThat(stalls(2, 5_000, 1).partsPerMillion()).isEqualTo(250_000);
    assertThat(stalls(1, 11_000, 1).partsPerMillion()).isEqualTo(1_000_000);
    assertThat(stalls(0, 0, 0).partsPerMillion()).isZero();
  }
}
