package bench.podium.controller;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.Queue;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.events.RunEvents;
import bench.podium.status.ProgressText;
import bench.podium.status.RunView;
import bench.podium.status.Standing;
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
  private final Contenders contenders;
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

  AdmissionGate(StatusWriter status, EventWriter events, Departures departures, Clock clock) {
    this.status = status;
    this.events = events;
    this.contenders = new Contenders(departures, clock);
    this.clock = clock;
  }

  /**
   * Writes that the run is admitted or queued.
   *
   * @param watched the runs that compete with it, and itself
   * @param pods of all runs: those of one that is over or deleted may still be at work
   */
  Answer admit(BenchmarkRun live, RunPlan plan, WatchedRuns watched, List<Pod> pods) {
    return switch (turn(RunSummary.of(live), watched.lastSeen(), pods)) {
      case Queue.Turn.Now() -> admitOne(live, plan, watched, pods);
      case Queue.Turn.Later later -> queue(live, plan, later);
    };
  }

  /**
   * Whether a run waits, by what was last seen, and has been told so: nothing is read or written.
   *
   * @param seen as it was last seen: waiting, of a spec that was found to make sense
   * @return when to look again; empty where it may be its turn, or where it was told otherwise
   */
  Optional<Duration> waits(RunSummary seen, WatchedRuns watched, List<Pod> pods) {
    return switch (turn(seen, watched.lastSeen(), pods)) {
      case Queue.Turn.Now() -> Optional.empty();
      case Queue.Turn.Later(int position, String behind) ->
          RunView.Phase.Queued.text(position, behind).equals(seen.admission())
              ? Optional.of(Queue.look(position))
              : Optional.empty();
    };
  }

  /** Whether a run that made no progress has waited long enough. */
  boolean mayTry(RunSummary run) {
    return RunStates.mayTry(run, clock.instant());
  }

  /** Whose turn it is, by what was last seen; empty while the place is taken or nobody waits. */
  Optional<RunIdentity> next(WatchedRuns watched, List<Pod> pods) {
    return Queue.next(contenders.of(Optional.empty(), watched.lastSeen(), pods))
        .map(head -> new RunIdentity(head.namespace(), head.name(), head.uid()));
  }

  /** What was last seen may lag behind another's admission. */
  private Answer admitOne(BenchmarkRun live, RunPlan plan, WatchedRuns watched, List<Pod> pods) {
    lock.lock();
    try {
      return switch (turn(RunSummary.of(live), watched.read(), pods)) {
        case Queue.Turn.Now() ->
            new Answer.Admitted(
                RunStates.isStarted(RunSummary.of(live))
                    ? resume(live, plan)
                    : status.write(live, admitted(live, plan)));
        case Queue.Turn.Later later -> queue(live, plan, later);
      };
    } finally {
      lock.unlock();
    }
  }

  private Queue.Turn turn(RunSummary asking, Stream<RunSummary> watched, List<Pod> pods) {
    return Queue.turn(
        asking.getMetadata().getUid(), contenders.of(Optional.of(asking), watched, pods));
  }

  /** A run that made no progress keeps that in its status, with the cause. */
  private Answer queue(BenchmarkRun live, RunPlan plan, Queue.Turn.Later later) {
    if (RunStates.backoff(RunSummary.of(live)).isOn()) {
      return new Answer.Queued(Queue.look(later.position()));
    }
    status.write(
        live,
        new RunView(
            live.getMetadata().getGeneration(),
            new RunView.Phase.Queued(plan, later.position(), later.behind())));
    events.say(
        plan.run(),
        RunEvents.queued(later.position(), later.behind(), askedAt(live), clock.instant()));
    return new Answer.Queued(Queue.look(later.position()));
  }

  /** Writes that the run is suspended, which has never started. */
  void hold(BenchmarkRun live, RunPlan plan) {
    status.write(
        live, new RunView(live.getMetadata().getGeneration(), new RunView.Phase.Held(plan)));
  }

  /** Writes that the run is over, which has never started. */
  void withdraw(BenchmarkRun live, RunPlan plan) {
    status.write(
        live,
        new RunView(
            live.getMetadata().getGeneration(),
            new RunView.Phase.Withdrawn(plan, clock.instant())));
  }

  private BenchmarkRun resume(BenchmarkRun live, RunPlan plan) {
    Progress before = ProgressText.read(live.getStatus().progress());
    Progress after = before.resume(clock.instant());
    BenchmarkRun written =
        status.write(
            live,
            new RunView(
                live.getMetadata().getGeneration(), new RunView.Phase.Resumed(plan, after)));
    events.say(plan.run(), List.of(RunEvents.resumed(before, after)));
    return written;
  }

  private RunView admitted(BenchmarkRun live, RunPlan plan) {
    Instant now = clock.instant();
    return new RunView(
        live.getMetadata().getGeneration(),
        new RunView.Phase.Active(
            new RunView.Execution(
                plan,
                now,
                Progress.atAdmission(now),
                new Standing.NotYetKnown(),
                new Standing.NotYetKnown(),
                List.of(),
                Optional.empty())));
  }

  private static Instant askedAt(HasMetadata run) {
    return Instant.parse(run.getMetadata().getCreationTimestamp());
  }
}
