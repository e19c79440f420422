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
 * Admits one run at a time. A run that waits by what was last seen is told so at no cost to the API
 * server, however many wait. Where it seems to be a run's turn, the live look at all runs and the
 * mark on the admitted one are one act under one lock, and the mark is written with the
 * resourceVersion, so that two cannot both see the free place.
 */
final class AdmissionGate {

  private final StatusWriter status;
  private final EventWriter events;
  private final SlotCandidates contenders;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** What a run that wants the place is told. */
  sealed interface Answer {

    /** It has the place. */
    record Admitted(BenchmarkRun run) implements Answer {}

    /**
     * It waits.
     *
     * @param look when to look again at the latest
     */
    record Queued(Duration look) implements Answer {}
  }

  AdmissionGate(
      StatusWriter status, EventWriter events, PodTerminationTracker departures, Clock clock) {
    this.status = status;
    this.events = events;
    this.contenders = new SlotCandidates(departures, clock);
    this.clock = clock;
  }

  /**
   * Writes that the run is admitted or queued.
   *
   * @param watched the runs that compete with it, and itself
   * @param pods of all runs: those of one that is over or deleted may still be at work
   */
  Answer admit(BenchmarkRun live, RunPlan plan, CompetingRuns watched, List<Pod> pods) {
    return switch (turn(RunSummary.of(live), watched.lastSeen(), pods)) {
      case RunQueue.Turn.Now() -> admitOne(live, plan, watched, pods);
      case RunQueue.Turn.Later later -> queue(live, plan, later);
    };
  }

  /**
   * Whether a run waits, by what was last seen, and has been told so: nothing is read or written.
   *
   * @param observed as it was last seen: waiting, of a spec that was found to make sense
   * @return when to look again; empty where it may be its turn, or where it was told otherwise
   */
  Optional<Duration> waits(RunSummary observed, CompetingRuns watched, List<Pod> pods) {
    return switch (turn(observed, watched.lastSeen(), pods)) {
      case RunQueue.Turn.Now() -> Optional.empty();
      case RunQueue.Turn.Later(int position, String behind) ->
          RunSnapshot.Phase.Queued.text(position, behind).equals(observed.admission())
              ? Optional.of(RunQueue.look(position))
              : Optional.empty();
    };
  }

  /** Whether a run that made no progress has waited long enough. */
  boolean mayTry(RunSummary run) {
    return RunStates.mayTry(run, clock.instant());
  }

  /** Whose turn it is, by what was last seen; empty while the place is taken or nobody waits. */
  Optional<RunIdentity> next(CompetingRuns watched, List<Pod> pods) {
    return RunQueue.next(contenders.of(Optional.empty(), watched.lastSeen(), pods))
        .map(head -> new RunIdentity(head.namespace(), head.name(), head.uid()));
  }

  /** What was last seen may lag behind another's admission. */
  private Answer admitOne(BenchmarkRun live, RunPlan plan, CompetingRuns watched, List<Pod> pods) {
    lock.lock();
    try {
      return switch (turn(RunSummary.of(live), watched.read(), pods)) {
        case RunQueue.Turn.Now() ->
            new Answer.Admitted(
                RunStates.isStarted(RunSummary.of(live))
                    ? resume(live, plan)
                    : status.write(live, admitted(live, plan)));
        case RunQueue.Turn.Later later -> queue(live, plan, later);
      };
    } finally {
      lock.unlock();
    }
  }

  private RunQueue.Turn turn(RunSummary asking, Stream<RunSummary> watched, List<Pod> pods) {
    return RunQueue.turn(
        asking.getMetadata().getUid(), contenders.of(Optional.of(asking), watched, pods));
  }

  /** A run that made no progress keeps that in its status, with the cause. */
  private Answer queue(BenchmarkRun live, RunPlan plan, RunQueue.Turn.Later later) {
    if (RunStates.backoff(RunSummary.of(live)).isOn()) {
      return new Answer.Queued(RunQueue.look(later.position()));
    }
    status.write(
        live,
        new RunSnapshot(
            live.getMetadata().getGeneration(),
            new RunSnapshot.Phase.Queued(plan, later.position(), later.behind())));
    events.record(
        plan.run(),
        RunEvents.queued(later.position(), later.behind(), askedAt(live), clock.instant()));
    return new Answer.Queued(RunQueue.look(later.position()));
  }

  /** Writes that the run is suspended, which has never started. */
  void suspendQueued(BenchmarkRun live, RunPlan plan) {
    status.write(
        live,
        new RunSnapshot(
            live.getMetadata().getGeneration(), new RunSnapshot.Phase.SuspendedBeforeStart(plan)));
  }

  /** Writes that the run is over, which has never started. */
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

  private static Instant askedAt(HasMetadata run) {
    return Instant.parse(run.getMetadata().getCreationTimestamp());
  }
}
