package bench.podium.controller.run;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.admission.RunQueue;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.events.RunEvents;
import bench.podium.status.ComponentStatus;
import bench.podium.status.ProgressText;
import bench.podium.status.RunSnapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Admits one run at a time. A run that has to wait according to the caches is answered without a
 * request to the API server, however many runs are queued.
 *
 * <p>A run that seems to be next is checked against a live list of all runs. That list and the
 * write that marks the run as admitted happen under one lock, and the write carries the
 * resourceVersion, so that two runs cannot both take the free slot.
 */
final class AdmissionGate {

  private final StatusWriter status;
  private final EventWriter events;
  private final SlotCandidates candidates;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** The result of asking for the slot. */
  sealed interface Answer {

    /** The run holds the slot. */
    record Admitted(BenchmarkRun run) implements Answer {}

    /**
     * The run is queued.
     *
     * @param recheckAfter maximum time until the next check
     */
    record Queued(Duration recheckAfter) implements Answer {}
  }

  AdmissionGate(
      StatusWriter status, EventWriter events, PodTerminationTracker terminations, Clock clock) {
    this.status = status;
    this.events = events;
    this.candidates = new SlotCandidates(terminations, clock);
    this.clock = clock;
  }

  /**
   * Writes that the run is admitted or queued.
   *
   * @param competingRuns the runs that compete for the slot, including this one
   * @param pods of all runs: pods of a finished or deleted run may still be running
   */
  Answer admit(BenchmarkRun live, RunPlan plan, CompetingRuns competingRuns, List<Pod> pods) {
    return switch (admission(RunSummary.of(live), competingRuns.lastSeen(), pods)) {
      case RunQueue.Admission.Admitted() -> admitExclusively(live, plan, competingRuns, pods);
      case RunQueue.Admission.Queued queued -> queue(live, plan, queued);
    };
  }

  /**
   * Checks from the caches alone whether the run is queued and its status says so; reads and writes
   * nothing.
   *
   * @param observed the cached run: queued, with a valid spec
   * @return maximum time until the next check; empty if the run may be next or its status is out of
   *     date
   */
  Optional<Duration> recheckIfQueued(
      RunSummary observed, CompetingRuns competingRuns, List<Pod> pods) {
    return switch (admission(observed, competingRuns.lastSeen(), pods)) {
      case RunQueue.Admission.Admitted() -> Optional.empty();
      case RunQueue.Admission.Queued(int position, String blockedBy) ->
          RunSnapshot.Phase.Queued.text(position, blockedBy).equals(observed.admission())
              ? Optional.of(RunQueue.pollInterval(position))
              : Optional.empty();
    };
  }

  /** Whether the backoff of a run that made no progress has ended. */
  boolean mayRetry(RunSummary run) {
    return RunStates.mayRetry(run, clock.instant());
  }

  /**
   * The run that is next according to the caches; empty while the slot is held or no run is queued.
   */
  Optional<RunIdentity> next(CompetingRuns competingRuns, List<Pod> pods) {
    return RunQueue.next(candidates.of(Optional.empty(), competingRuns.lastSeen(), pods))
        .map(head -> new RunIdentity(head.namespace(), head.name(), head.uid()));
  }

  /**
   * Checks again against live data, because the caches may not show another run's admission yet.
   */
  private Answer admitExclusively(
      BenchmarkRun live, RunPlan plan, CompetingRuns competingRuns, List<Pod> pods) {
    lock.lock();
    try {
      return switch (admission(RunSummary.of(live), competingRuns.read(), pods)) {
        case RunQueue.Admission.Admitted() ->
            new Answer.Admitted(
                RunStates.isStarted(RunSummary.of(live))
                    ? resume(live, plan)
                    : status.write(live, admitted(live, plan)));
        case RunQueue.Admission.Queued queued -> queue(live, plan, queued);
      };
    } finally {
      lock.unlock();
    }
  }

  private RunQueue.Admission admission(
      RunSummary candidate, Stream<RunSummary> competingRuns, List<Pod> pods) {
    return RunQueue.admission(
        candidate.getMetadata().getUid(),
        candidates.of(Optional.of(candidate), competingRuns, pods));
  }

  /** A run in backoff keeps its status, which states the cause. */
  private Answer queue(BenchmarkRun live, RunPlan plan, RunQueue.Admission.Queued queued) {
    if (RunStates.backoff(RunSummary.of(live)).isOn()) {
      return new Answer.Queued(RunQueue.pollInterval(queued.position()));
    }
    status.write(
        live,
        new RunSnapshot(
            live.getMetadata().getGeneration(),
            new RunSnapshot.Phase.Queued(plan, queued.position(), queued.blockedBy())));
    events.record(
        plan.run(),
        RunEvents.queued(queued.position(), queued.blockedBy(), createdAt(live), clock.instant()));
    return new Answer.Queued(RunQueue.pollInterval(queued.position()));
  }

  /** Writes that a run which has never started is suspended. */
  void suspendQueued(BenchmarkRun live, RunPlan plan) {
    status.write(
        live,
        new RunSnapshot(
            live.getMetadata().getGeneration(), new RunSnapshot.Phase.SuspendedBeforeStart(plan)));
  }

  /** Writes that a run which has never started is cancelled. */
  void cancelQueued(BenchmarkRun live, RunPlan plan) {
    status.write(
        live,
        new RunSnapshot(
            live.getMetadata().getGeneration(),
            new RunSnapshot.Phase.CancelledBeforeStart(plan, clock.instant())));
  }

  private BenchmarkRun resume(BenchmarkRun live, RunPlan plan) {
    Progress before = ProgressText.read(live.getStatus().progress());
    Progress after = before.resume(clock.instant());
    BenchmarkRun written =
        status.write(
            live,
            new RunSnapshot(
                live.getMetadata().getGeneration(), new RunSnapshot.Phase.Resumed(plan, after)));
    events.record(plan.run(), List.of(RunEvents.resumed(before, after)));
    return written;
  }

  private RunSnapshot admitted(BenchmarkRun live, RunPlan plan) {
    Instant now = clock.instant();
    return new RunSnapshot(
        live.getMetadata().getGeneration(),
        new RunSnapshot.Phase.Active(
            new RunSnapshot.Execution(
                plan,
                now,
                Progress.atAdmission(now),
                new ComponentStatus.NotYetKnown(),
                new ComponentStatus.NotYetKnown(),
                List.of(),
                Optional.empty())));
  }

  private static Instant createdAt(HasMetadata run) {
    return Instant.parse(run.getMetadata().getCreationTimestamp());
  }
}
