package bench.podium.worker;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import bench.podium.protocol.Command;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a worker polls for commands and checks its engine. */
class PollScheduleTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MEASURED = T0.plusSeconds(4);

  @ParameterizedTest
  @ValueSource(ints = {1000, 990, 951, 950, 930, 901, 900})
  void schedulesNoPollAtTheStartOfTheEngines(int millisBefore) {
    // When
    List<Instant> polls = polls(T0.minusMillis(millisBefore));

    // Then
    assertThat(polls)
        .allSatisfy(poll -> assertThat(millisBetween(poll, T0)).isGreaterThanOrEqualTo(50))
        .allSatisfy(poll -> assertThat(millisBetween(poll, MEASURED)).isGreaterThanOrEqualTo(50));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 990, 951, 950, 930, 901, 900})
  void schedulesAPollEarlyInTheMeasuredPart(int millisBefore) {
    // When
    List<Instant> polls = polls(T0.minusMillis(millisBefore));

    // Then
    assertThat(polls).anyMatch(poll -> !poll.isBefore(MEASURED) && within(poll, 300));
  }

  @Test
  void pollsOftenWhileNoEngineIsWaiting() {
    // When
    Duration pause =
        PollSchedule.pause(Optional.of(new Attempt.Starting(arm())), T0.minusMillis(30));

    // Then
    assertThat(pause).hasMillis(20);
  }

  private static boolean within(Instant poll, long millis) {
    return poll.isBefore(MEASURED.plusMillis(millis));
  }

  private static long millisBetween(Instant a, Instant b) {
    return Math.abs(Duration.between(a, b).toMillis());
  }

  private static List<Instant> polls(Instant first) {
    return Stream.iterate(
            first, now -> now.plus(PollSchedule.pause(Optional.of(new Attempt.Armed(arm())), now)))
        .takeWhile(now -> now.isBefore(MEASURED.plusSeconds(1)))
        .toList();
  }

  /** A command with a warm-up of 3 s. */
  private static Command.Arm arm() {
    return new Command.Arm(
        0,
        1,
        "http://gin:8080",
        "/ready",
        EngineKind.WRK,
        new LoadShare.Connections(2),
        1,
        2000,
        3000,
        1000,
        Optional.empty(),
        ChronoUnit.MICROS.between(Instant.EPOCH, T0),
        1);
  }
}
