package bench.podium.controller;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.Queue;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.events.RunEvents;
import bench.podium.observe.RunObjects;
import bench.podium.resources.Labels;
import bench.podium.status.ProgressText;
import bench.podium.status.RunView;
import bench.podium.status.Standing;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
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

  /** Whose turn it is, by what was last seen; empty while the place is taken or nobody waits. */
  Optional<RunIdentity> next(WatchedRuns watched, List<Pod> pods) {
    return Queue.next(candidates(Optional.empty(), watched.lastSeen(), pods))
        .map(head -> new RunIdentity(head.namespace(), head.name(), head.uid()));
  }

  /** What was last seen may lag behind another's admission. */
  private Answer admitOne(BenchmarkRun live, RunPlan plan, WatchedRuns watched, List<Pod> pods) {
    lock.lock();
    try {
      return switch (turn(RunSummary.of(live), watched.read(), pods)) {
        case Queue.Turn.Now() ->
            new Answer.Admitted(
                isStarted(RunSummary.of(live))
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
        asking.getMetadata().getUid(), candidates(Optional.of(asking), watched, pods));
  }

  private List<Queue.Candidate> candidates(
      Optional<RunSummary> asking, Stream<RunSummary> watched, List<Pod> pods) {
    List<RunSummary> runs =
        Stream.concat(
                asking.stream(),
                watched.filter(
                    run -> asking.filter(one -> RunInformers.isSame(run, one)).isEmpty()))
            .filter(run -> run.getMetadata().getDeletionTimestamp() == null)
            .toList();
    Map<String, List<Pod>> standing =
        pods.stream()
            .filter(pod -> !isOverdue(pod))
            .collect(
                Collectors.groupingBy(pod -> pod.getMetadata().getLabels().get(Labels.RUN_UID)));
    Set<String> known =
        runs.stream().map(run -> run.getMetadata().getUid()).collect(Collectors.toSet());
    return Stream.concat(
            runs.stream().flatMap(run -> candidate(run, asking, podsOf(run, standing))),
            standing.entrySet().stream()
                .filter(run -> !known.contains(run.getKey()))
                .flatMap(run -> deletedRun(run.getValue())))
        .toList();
  }

  private Answer queue(BenchmarkRun live, RunPlan plan, Queue.Turn.Later later) {
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

  /** A pod of a lost node may stand for ever; it does not hold up the others for as long. */
  private boolean isOverdue(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
        .map(deleted -> Instant.parse(deleted).plus(OVERDUE))
        .filter(overdue -> clock.instant().isAfter(overdue))
        .isPresent();
  }

  private static RunObjects podsOf(RunSummary run, Map<String, List<Pod>> pods) {
    return RunObjects.none().withPods(pods.getOrDefault(run.getMetadata().getUid(), List.of()));
  }

  /**
   * A run that is deleted or on its way out, which another's finalizer may draw out, is never led
   * on: it has the place until the last of its pods has ended, and does not wait for it.
   */
  private Stream<Queue.Candidate> deletedRun(List<Pod> pods) {
    return pods.stream()
        .filter(RunObjects::running)
        .limit(1)
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
      RunSummary run, Optional<RunSummary> asking, RunObjects pods) {
    if (isOver(run)) {
      return RunCleanUp.stands(run, pods, clock.instant())
          ? Stream.of(candidate(run, true))
          : Stream.empty();
    }
    boolean asksItself = asking.filter(one -> RunInformers.isSame(run, one)).isPresent();
    boolean leaving = isStarted(run) && !asksItself && pods.anyAtWork();
    boolean holds = hasPlace(run) || leaving;
    return holds || !(run.getSpec().suspend() || run.getSpec().cancel())
        ? Stream.of(candidate(run, holds))
        : Stream.empty();
  }

  private static Queue.Candidate candidate(RunSummary run, boolean holdsPlace) {
    return new Queue.Candidate(
        run.getMetadata().getNamespace(),
        run.getMetadata().getName(),
        run.getMetadata().getUid(),
        askedAt(run),
        holdsPlace);
  }

  private static Instant askedAt(HasMetadata run) {
    return Instant.parse(run.getMetadata().getCreationTimestamp());
  }

  /** Started, and not suspended since. */
  static boolean hasPlace(RunSummary run) {
    return isStarted(run)
        && Optional.ofNullable(run.getStatus().progress())
            .map(RunSummary.Progress::suspendedAt)
            .isEmpty();
  }

  static boolean isOver(RunSummary run) {
    return run.getStatus() != null && run.getStatus().phase() == Phase.FINISHED;
  }

  static boolean isStarted(RunSummary run) {
    return run.getStatus() != null && run.getStatus().startTime() != null;
  }
}
