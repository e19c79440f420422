package bench.podium.planning;

import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.Stage;
import java.time.Duration;
import java.util.List;

/**
 * The estimated duration of a plan:
 *
 * <pre>
 * targets x (5s + sum over stages of (3s + warm-up + 1s + duration)) + cooldown x (steps - 1)
 * </pre>
 *
 * <p>5s to start a target whose image is on the node, 3s to arm a step and collect its results, and
 * 1s between warm-up and measured part if there is a warm-up.
 */
final class DurationEstimate {

  private static final Duration TARGET_START = Duration.ofSeconds(5);
  private static final Duration STEP_START = Duration.ofSeconds(3);
  private static final Duration WARMUP_GAP = Duration.ofSeconds(1);
  private static final Duration DEADLINE_MARGIN = Duration.ofMinutes(10);

  private DurationEstimate() {}

  static Duration of(int targets, LoadPlan load, List<Stage> stages) {
    Duration warmup = load.warmup().isZero() ? Duration.ZERO : load.warmup().plus(WARMUP_GAP);
    Duration target = TARGET_START;
    for (Stage stage : stages) {
      target = target.plus(STEP_START).plus(warmup).plus(stage.duration());
    }
    long pauses = (long) targets * stages.size() - 1;
    return target.multipliedBy(targets).plus(load.cooldown().multipliedBy(pauses));
  }

  /** The default of {@code spec.deadline}: 1.5 x planned + 10m, rounded up to whole seconds. */
  static Duration defaultDeadline(Duration planned) {
    Duration deadline = planned.multipliedBy(3).dividedBy(2).plus(DEADLINE_MARGIN);
    return Duration.ofSeconds(deadline.plusMillis(999).toSeconds());
  }
}
