package bench.podium.controller.agent;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.protocol.Command;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When a command is also sent over standard input. */
class CommandDeliveryTrackerTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Command ASKED = new Command.Repeat(1, 1, 1);
  private static final Command OTHER = new Command.Repeat(1, 2, 1);

  private final CommandDeliveryTracker deliveries = new CommandDeliveryTracker();

  @Test
  void reportsARepeatedCommandAsOverdueEvery1500Milliseconds() {
    // When
    List<Long> overdue =
        LongStream.rangeClosed(0, 10)
            .map(i -> i * 400)
            .filter(millis -> deliveries.isOverdue("bench/a", ASKED, START.plusMillis(millis)))
            .boxed()
            .toList();

    // Then
    assertThat(overdue).containsExactly(1600L, 3200L);
  }

  @Test
  void startsTheTimeoutAgainForAnotherCommand() {
    // Given
    deliveries.isOverdue("bench/a", ASKED, START);

    // When
    boolean other = deliveries.isOverdue("bench/a", OTHER, START.plusSeconds(2));

    // Then
    assertThat(other).isFalse();
  }

  @Test
  void reportsASecondCommandAsOverdueAfterItsOwnTimeout() {
    // Given
    deliveries.isOverdue("bench/a", ASKED, START);
    deliveries.isOverdue("bench/a", OTHER, START.plusSeconds(2));

    // When
    boolean overdue = deliveries.isOverdue("bench/a", OTHER, START.plusSeconds(4));

    // Then
    assertThat(overdue).isTrue();
  }

  @Test
  void reportsTheNextCommandAsOverdueAtOnceAfterALateOne() {
    // Given
    deliveries.isOverdue("bench/a", ASKED, START);
    deliveries.isOverdue("bench/a", ASKED, START.plusSeconds(2));

    // When
    boolean overdue = deliveries.isOverdue("bench/a", OTHER, START.plusSeconds(10));

    // Then
    assertThat(overdue).isTrue();
  }

  @Test
  void waitsForTheTimeoutAgainTwoMinutesAfterALateCommand() {
    // Given
    deliveries.isOverdue("bench/a", ASKED, START);
    deliveries.isOverdue("bench/a", ASKED, START.plusSeconds(2));

    // When
    boolean overdue = deliveries.isOverdue("bench/a", OTHER, START.plusSeconds(122));

    // Then
    assertThat(overdue).isFalse();
  }

  @Test
  void treatsRequestsThatDifferInTheirNumberAsTheSameCommand() {
    // Given
    deliveries.isOverdue("bench/a", ASKED, START);

    // When
    boolean overdue =
        deliveries.isOverdue("bench/a", new Command.Repeat(1, 1, 2), START.plusSeconds(3));

    // Then
    assertThat(overdue).isTrue();
  }

  @Test
  void tracksEachPodSeparately() {
    // Given
    deliveries.isOverdue("bench/a", ASKED, START);

    // When
    boolean other = deliveries.isOverdue("bench/b", ASKED, START.plusSeconds(2));

    // Then
    assertThat(other).isFalse();
  }
}
