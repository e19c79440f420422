package bench.podium.controller.run;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.lifecycle.NoProgressPolicy;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.ProgressTracking;
import bench.podium.domain.lifecycle.RunAction;
import bench.podium.domain.lifecycle.RunSequence;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.plan.RunPlan;
import bench.podium.events.RunEvents;
import bench.podium.status.ProgressText;
import bench.podium.status.RunSnapshot;
import bench.podium.status.TimeText;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tracks whether the runs that this operator carries out make progress, and suspends those that do
 * not, with a backoff.
 */
final class RunBackoff {

  private final StatusWriter status;
  private final EventWriter events;
  private final Clock clock;

  /** By run uid. */
  private final Map<String, ProgressTracking> trackings = new ConcurrentHashMap<>();

  RunBackoff(StatusWriter status, EventWriter events, Clock clock) {
    this.status = status;
    this.events = events;
    this.clock = clock;
  }

  /** The run's tracking; starts now if the run is not tracked yet. */
  ProgressTracking tracking(RunPlan plan) {
    return tracking(plan.run().uid());
  }

  private ProgressTracking tracking(String runUid) {
    return trackings.computeIfAbsent(runUid, uid -> ProgressTracking.startingAt(clock.instant()));
  }

  /** Records that the run was read. */
  void recordRead(RunPlan plan) {
    trackings.put(plan.run().uid(), tracking(plan).read(clock.instant()));
  }

  /** Restarts the tracking: the run was admitted or has progressed. */
  void recordProgress(String runUid) {
    trackings.put(runUid, ProgressTracking.startingAt(clock.instant()));
  }

  /**
   * Records that results were rejected. The first rejection counts as progress, since the run has
   * reached the end of a step; further ones do not.
   *
   * @param before the steps recorded before
   */
  void recordRejection(RunPlan plan, RecordedSteps before) {
    if (before.unwritten().isEmpty()) {
      recordProgress(plan.run().uid());
    }
  }

  /** Records a successful turn; earlier failures no longer count. */
  void recordSuccess(RunPlan plan) {
    trackings.put(plan.run().uid(), tracking(plan).succeeded());
  }

  void forget(String runUid) {
    trackings.remove(runUid);
  }

  /** Whether a run that does not hold the slot is past its deadline. */
  boolean isOverdue(BenchmarkRun live, RunPlan plan) {
    return Optional.ofNullable(live.getStatus())
        .filter(current -> current.startTime() != null && current.progress() != null)
        .filter(
            current ->
                new RunSequence(plan, TimeText.parse(current.startTime()), tracking(plan))
                    .isOverdue(ProgressText.read(current.progress()), clock.instant()))
        .isPresent();
  }

  /**
   * Records a failed turn. A run whose requests fail each time, so that nothing can be observed or
   * done, does not hold the slot forever; a single failed request during a long wait has no effect.
   *
   * @return the updated run, if it was suspended and released the slot
   */
  Optional<BenchmarkRun> afterFailure(
      BenchmarkRun live, RunPlan plan, KubernetesClientException failure) {
    if (failure.getCode() == HttpURLConnection.HTTP_CONFLICT) {
      return Optional.empty();
    }
    ProgressTracking tracking =
        tracking(plan).failed(String.valueOf(failure.getMessage()), clock.instant());
    trackings.put(plan.run().uid(), tracking);
    Progress progress = ProgressText.read(live.getStatus().progress());
    return progress.isActive()
            && new NoProgressPolicy(plan, progress, tracking, clock.instant()).isStalled()
        ? Optional.of(backOff(live, plan, progress, tracking.failure().orElseThrow()))
        : Optional.empty();
  }

  /**
   * Suspends the run. Only those parts of its status change that do not depend on the cluster,
   * which cannot be read.
   */
  private BenchmarkRun backOff(BenchmarkRun live, RunPlan plan, Progress before, String why) {
    RunAction.SuspendRun decision =
        new RunAction.SuspendRun(before.backOff(plan, clock.instant(), why), why);
    BenchmarkRun written =
        status.write(
            live,
            new RunSnapshot(
                live.getMetadata().getGeneration(),
                new RunSnapshot.Phase.BackedOff(plan, decision.next())));
    events.record(plan.run(), RunEvents.of(plan, before, decision));
    return written;
  }
}
