package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.PlanFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimingTest {

  @Test
  void doublesTheLeadWithEachAbortUpToTheMaximum() {
    // Given
    IntStream abortedAttempts = IntStream.of(0, 1, 2, 3, 4, 1000);

    // When
    var leads = abortedAttempts.mapToObj(count -> Timing.lead(count, Duration.ZERO, Duration.ZERO));

    // Then
    assertThat(leads)
        .containsExactly(
            seconds(2.5), seconds(5), seconds(10), seconds(20), seconds(20), seconds(20));
  }

  @Test
  void extendsTheFirstReportTimeoutForManyWorkersUpToHalfTheStartTimeout() {
    // Given
    IntStream workers = IntStream.of(1, 2, 20, 100);

    // When
    var firstReports = workers.mapToObj(count -> Timing.firstReportTimeout(count, seconds(60)));

    // Then
    assertThat(firstReports).containsExactly(seconds(5.5), seconds(6), seconds(15), seconds(30));
  }

  @Test
  void keepsAMinimumFirstReportTimeout() {
    // Given
    IntStream timeouts = IntStream.of(1, 5, 10, 11, 120);

    // When
    var firstReports = timeouts.mapToObj(timeout -> Timing.firstReportTimeout(2, seconds(timeout)));

    // Then
    assertThat(firstReports)
        .containsExactly(seconds(5), seconds(5), seconds(5), seconds(5.5), seconds(6));
  }

  @Test
  void extendsTheLeadOfManyNewWorkers() {
    // Given
    IntStream workers = IntStream.of(1, 4, 20, 1000);

    // When
    var leads = workers.mapToObj(count -> Timing.lead(0, Timing.extraLead(count), Duration.ZERO));

    // Then
    assertThat(leads).containsExactly(seconds(2.5), seconds(2.5), seconds(4.5), seconds(20));
  }

  @Test
  void increasesTheWorkerBackoffUpToTheMaximum() {
    // Given
    IntStream lost = IntStream.of(0, 1, 2, 3, 4, 5, 6, 7, 1000);

    // When
    var pauses = lost.mapToObj(Timing::loadBackoff).map(Duration::toSeconds);

    // Then
    assertThat(pauses).containsExactly(0L, 0L, 1L, 2L, 4L, 8L, 16L, 20L, 20L);
  }

  @Test
  void addsUpWarmUpMeasuredPartTimeoutAndGraceForResults() {
    // Given
    var plan = PlanFixture.plan();

    // When
    Duration bound = Timing.resultTimeout(plan.load(), plan.steps().getFirst());

    // Then
    assertThat(bound).isEqualTo(seconds(5 + 1 + 10 + 2 + 10));
  }
}
