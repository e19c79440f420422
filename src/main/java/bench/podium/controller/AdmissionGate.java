package bench.podium.controller;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.ProgressStatus;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.Queue;
import bench.podium.domain.plan.RunPlan;
import bench.podium.events.RunEvents;
import bench.podium.observe.RunObjects;
import bench.podium.resources.Labels;
import bench.podium.status.ProgressText;
import bench.podium.status.RunView;
import bench.podium.status.Standing;
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

  /** Beyond the end of a deleted pod's grace period. */
  private static final Duration OVERDUE = Duration.ofSeconds(30);

  private final StatusWriter status;
  private final EventWriter events;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  AdmissionGate(StatusWriter status, EventWriter events, Clock clock) {
    this.status = status;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Writes that the run is admitted or queued.
   *
   * @param watched the runs that compete with it, and itself
   * @param pods of all runs: those of one that is over or deleted may still be at work
   * @return the run as it stands if it is admitted
   */
  Optional<BenchmarkRun> admit(
      BenchmarkRun live, RunPlan plan, WatchedRuns watched, List<Pod> pods) {
    return switch (turn(live, watched.lastSeen(), pods)) {
      case Queue.Turn.Now() -> admitOne(live, plan, watched, pods);
      case Queue.Turn.Later later -> queue(live, plan, later);
    };
  }

  /** What was last seen may lag behind another's admission. */
  private Optional<BenchmarkRun> admitOne(
      BenchmarkRun live, RunPlan plan, WatchedRuns watched, List<Pod> pods) {
    lock.lock();
    try {
      return switch (turn(live, watched.read(), pods)) {
        case Queue.Turn.Now() ->
            Optional.of(
                isStarted(live) ? resume(live, plan) : status.write(live, admitted(live, plan)));
        case Queue.Turn.Later later -> queue(live, plan, later);
      };
    } finally {
      lock.unlock();
    }
  }

  private Queue.Turn turn(BenchmarkRun live, Stream<BenchmarkRun> watched, List<Pod> pods) {
    List<BenchmarkRun> runs =
        Stream.concat(Stream.of(live), watched.filter(run -> !RunInformers.isSame(run, live)))
            .filter(run -> run.getMetadata().getDeletionTimestamp() == null)
            .toList();
    List<Pod> standing = pods.stream().filter(pod -> !isOverdue(pod)).toList();
    return Queue.turn(
        live.getMetadata().getUid(),
        Stream.concat(
                runs.stream().flatMap(run -> candidate(run, live, podsOf(run, standing))),
                deletedRuns(runs, standing))
            .toList());
  }

  private Optional<BenchmarkRun> queue(BenchmarkRun live, RunPlan plan, Queue.Turn.Later later) {
    status.write(
        live,
        new RunView(
            live.getMetadata().getGeneration(),
            new RunView.Phase.Queued(plan, later.position(), later.behind())));
    events.say(
        plan.run(),
        RunEvents.queued(later.position(), later.behind(), askedAt(live), clock.instant()));
    return Optional.empty();
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

  /** A pod of a lost node may stand for ever; it does not hold up the others for as long. */
  private boolean isOverdue(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
        .map(deleted -> Instant.parse(deleted).plus(OVERDUE))
        .filter(overdue -> clock.instant().isAfter(overdue))
        .isPresent();
  }

  private static RunObjects podsOf(BenchmarkRun run, List<Pod> pods) {
    return RunObjects.none()
        .withPods(pods.stream().filter(pod -> RunInformers.isOf(run, pod)).toList());
  }

  /**
   * A run that is deleted or on its way out, which another's finalizer may draw out, is never led
   * on: it has the place until the last of its pods has ended, and does not wait for it.
   */
  private Stream<Queue.Candidate> deletedRuns(List<BenchmarkRun> runs, List<Pod> pods) {
    return pods.stream()
        .filter(RunObjects::running)
        .filter(pod -> runs.stream().noneMatch(run -> RunInformers.isOf(run, pod)))
        .map(
            pod ->
                new Queue.Candidate(
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getLabels().get(Labels.RUN),
                    pod.getMetadata().getLabels().get(Labels.RUN_UID),
                    clock.instant(),
                    true));
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

  /**
   * Whether a run has the place or wants it. One that is suspended or cancelled does neither, once
   * its pods are gone; its own do not keep it from going on.
   */
  private Stream<Queue.Candidate> candidate(
      BenchmarkRun run, BenchmarkRun asking, RunObjects pods) {
    if (isOver(run)) {
      return RunCleanUp.stands(run, pods, clock.instant())
          ? Stream.of(candidate(run, true))
          : Stream.empty();
    }
    boolean leaving = isStarted(run) && !RunInformers.isSame(run, asking) && pods.anyAtWork();
    boolean holds = hasPlace(run) || leaving;
    return holds || !(run.getSpec().suspend() || run.getSpec().cancel())
        ? Stream.of(candidate(run, holds))
        : Stream.empty();
  }

  private static Queue.Candidate candidate(BenchmarkRun run, boolean holdsPlace) {
    return new Queue.Candidate(
        run.getMetadata().getNamespace(),
        run.getMetadata().getName(),
        run.getMetadata().getUid(),
        askedAt(run),
        holdsPlace);
  }

  private static Instant askedAt(BenchmarkRun run) {
    return Instant.parse(run.getMetadata().getCreationTimestamp());
  }

  /** Started, and not suspended since. */
  static boolean hasPlace(BenchmarkRun run) {
    return isStarted(run)
        && Optional.ofNullable(run.getStatus().progress())
            .map(ProgressStatus::suspendedAt)
            .isEmpty();
  }

  static boolean isOver(BenchmarkRun run) {
    return run.getStatus() != null && run.getStatus().phase() == Phase.FINISHED;
  }

  static boolean isStarted(BenchmarkRun run) {
    return run.getStatus() != null && run.getStatus().startTime() != null;
  }
}
