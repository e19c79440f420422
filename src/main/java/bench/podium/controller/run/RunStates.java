package bench.podium.controller.run;

import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.domain.lifecycle.NoProgressBackoff;
import bench.podium.status.ProgressText;
import java.time.Instant;
import java.util.Optional;

/** Derives a run's state from the few fields that are cached. */
final class RunStates {

  private RunStates() {}

  /** Whether the run has started and is neither suspended nor in backoff. */
  static boolean occupiesSlot(RunSummary run) {
    return isStarted(run)
        && !backoff(run).isOn()
        && Optional.ofNullable(run.getStatus().progress())
            .map(RunSummary.Progress::suspension)
            .map(RunSummary.Suspension::since)
            .isEmpty();
  }

  static boolean isFinished(RunSummary run) {
    return run.getStatus() != null && run.getStatus().phase() == Phase.FINISHED;
  }

  static boolean isStarted(RunSummary run) {
    return run.getStatus() != null && run.getStatus().startTime() != null;
  }

  /** The backoff of a run that made no progress when it last held the slot; otherwise none. */
  static NoProgressBackoff backoff(RunSummary run) {
    return Optional.ofNullable(run.getStatus())
        .flatMap(status -> Optional.ofNullable(status.progress()))
        .flatMap(progress -> Optional.ofNullable(progress.backoff()))
        .map(backoff -> ProgressText.backoff(backoff.since(), backoff.tries(), ""))
        .orElse(NoProgressBackoff.NONE);
  }

  /** Whether the run's backoff has ended. */
  static boolean mayRetry(RunSummary run, Instant now) {
    return backoff(run).nextTry().filter(now::isBefore).isEmpty();
  }
}
