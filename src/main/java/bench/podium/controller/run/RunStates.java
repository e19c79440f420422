package bench.podium.controller.run;

import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.domain.lifecycle.NoProgressBackoff;
import bench.podium.status.ProgressText;
import java.time.Instant;
import java.util.Optional;

/** Where a run is, by the few fields that are watched. */
final class RunStates {

  private RunStates() {}

  /** Started, and since then neither suspended nor without progress. */
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

  /** Of a run that made no progress when it last had the place; else none. */
  static NoProgressBackoff backoff(RunSummary run) {
    return Optional.ofNullable(run.getStatus())
        .flatMap(status -> Optional.ofNullable(status.progress()))
        .flatMap(progress -> Optional.ofNullable(progress.backoff()))
        .map(backoff -> ProgressText.backoff(backoff.since(), backoff.tries(), ""))
        .orElse(NoProgressBackoff.NONE);
  }

  /** Whether a run that made no progress has waited long enough. */
  static boolean mayTry(RunSummary run, Instant now) {
    return backoff(run).nextTry().filter(now::isBefore).isEmpty();
  }
}
