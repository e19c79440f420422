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

/** Whether the runs that this operator leads go on, and what becomes of one that does not. */
final class RunBackoff {

  private final StatusWriter status;
  private final EventWriter events;
  private final Clock clock;

  /** By the run's uid. */
  private final Map<String, ProgressTracking> movements = new ConcurrentHashMap<>();

  RunBackoff(StatusWriter status, EventWriter events, Clock clock) {
    this.status = status;
    this.events = events;
    this.clock = clock;
  }

  /** Begins now where nothing is known of the run. */
  ProgressTracking movement(RunPlan plan) {
    return movement(plan.run().uid());
  }

  private ProgressTracking movement(String runUid) {
    return movements.computeIfAbsent(runUid, uid -> ProgressTracking.at(clock.instant()));
  }

  /** The run was read. */
  void looked(RunPlan plan) {
    movements.put(plan.run().uid(), movement(plan).looked(clock.instant()));
  }

  /** The run has its place, or has come a step further. */
  void goesOn(String runUid) {
    movements.put(runUid, ProgressTracking.at(clock.instant()));
  }

  /**
   * What is to be recorded was turned down. To have come so far is progress, the next tries are
   * none.
   *
   * @param before what stood written of the run before
   */
  void refused(RunPlan plan, RecordedSteps before) {
    if (before.unwritten().isEmpty()) {
      goesOn(plan.run().uid());
    }
  }

  /** A turn has gone well: what failed before it does not count any more. */
  void answered(RunPlan plan) {
    movements.put(plan.run().uid(), movement(plan).answered());
  }

  void forget(String runUid) {
    movements.remove(runUid);
  }

  /** Whether a run that is not at work is past its deadline. */
  boolean isOverdue(BenchmarkRun live, RunPlan plan) {
    return Optional.ofNullable(live.getStatus())
        .filter(stands -> stands.startTime() != null && stands.progress() != null)
        .filter(
            stands ->
                new RunSequence(plan, TimeText.parse(stands.startTime()), movement(plan))
                    .isOverdue(ProgressText.read(stands.progress()), clock.instant()))
        .isPresent();
  }

  /**
   * What the API server turns down each time, so that nothing can be seen or done, does not keep
   * the place for ever either. One request that fails in a long wait is no such thing.
   *
   * @return the run as it stands, if it has left its place
   */
  Optional<BenchmarkRun> afterFailure(
      BenchmarkRun live, RunPlan plan, KubernetesClientException failure) {
    if (failure.getCode() == HttpURLConnection.HTTP_CONFLICT) {
      return Optional.empty();
    }
    ProgressTracking movement =
        movement(plan).failed(String.valueOf(failure.getMessage()), clock.instant());
    movements.put(plan.run().uid(), movement);
    Progress progress = ProgressText.read(live.getStatus().progress());
    return progress.isAtWork()
            && new NoProgressPolicy(plan, progress, movement, clock.instant()).isFinished()
        ? Optional.of(backOff(live, plan, progress, movement.failure().orElseThrow()))
        : Optional.empty();
  }

  /** Of the run's status only what is not read from the cluster is written anew. */
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
