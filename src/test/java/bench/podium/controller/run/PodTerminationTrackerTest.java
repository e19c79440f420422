package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.testing.MovableClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodTerminationTrackerTest {

  private static final Pod STANDS = pod("stands");
  private static final Pod GONE = pod("gone");

  private final MovableClock clock = new MovableClock(PlanFixture.START);
  private final PodTerminationTracker departures = new PodTerminationTracker(clock);

  @Test
  void aPodThatNobodyAsksForIsForgottenAfterADay() {
    // Given
    departures.isOverdue(GONE);
    clock.pass(Duration.ofDays(1).plusSeconds(1));
    departures.isOverdue(STANDS);

    // When
    boolean overdue = departures.isOverdue(GONE);

    // Then
    assertThat(overdue).isFalse();
  }

  @Test
  void aPodThatStandsStaysOverdueHoweverLong() {
    // Given
    departures.isOverdue(STANDS);
    for (int hour = 0; hour < 48; hour++) {
      clock.pass(Duration.ofHours(1));
      departures.isOverdue(STANDS);
    }

    // When
    boolean overdue = departures.isOverdue(STANDS);

    // Then
    assertThat(overdue).isTrue();
  }

  private static Pod pod(String uid) {
    return new PodBuilder().withNewMetadata().withName(uid).withUid(uid).endMetadata().build();
  }
}
