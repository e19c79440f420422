package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.testing.MovableClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodTerminationTrackerTest {

  private static final Pod STUCK = pod("stuck");
  private static final Pod GONE = pod("gone");

  private final MovableClock clock = new MovableClock(PlanFixture.START);
  private final PodTerminationTracker terminations = new PodTerminationTracker(clock);

  @Test
  void forgetsAPodThatWasNotAskedAboutForADay() {
    // Given
    terminations.isOverdue(GONE);
    clock.pass(Duration.ofDays(1).plusSeconds(1));
    terminations.isOverdue(STUCK);

    // When
    boolean overdue = terminations.isOverdue(GONE);

    // Then
    assertThat(overdue).isFalse();
  }

  @Test
  void reportsAStuckPodAsOverdueHoweverLong() {
    // Given
    terminations.isOverdue(STUCK);
    for (int hour = 0; hour < 48; hour++) {
      clock.pass(Duration.ofHours(1));
      terminations.isOverdue(STUCK);
    }

    // When
    boolean overdue = terminations.isOverdue(STUCK);

    // Then
    assertThat(overdue).isTrue();
  }

  private static Pod pod(String uid) {
    return new PodBuilder().withNewMetadata().withName(uid).withUid(uid).endMetadata().build();
  }
}
