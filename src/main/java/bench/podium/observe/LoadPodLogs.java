package bench.podium.observe;

import bench.podium.domain.lifecycle.StepAttempt;
import bench.podium.domain.lifecycle.WorkerTalk;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.wire.WireCodec;
import bench.podium.wire.WorkerReport;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The logs of all load pods that active runs have, each followed once. It holds nothing that cannot
 * be read again: a new operator starts with none.
 */
public final class LoadPodLogs {

  private final WireCodec codec;
  private final PodLog log;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Map<String, Map<String, LogFollower>> byRun = new ConcurrentHashMap<>();

  public LoadPodLogs(WireCodec codec, PodLog log, Clock clock, ScheduledExecutorService timer) {
    this.codec = codec;
    this.log = log;
    this.clock = clock;
    this.timer = timer;
  }

  /**
   * Follows these pods of the run, and no others.
   *
   * @param wake called whenever one of them says something new
   */
  public void follow(RunIdentity run, Collection<Pod> pods, Consumer<RunIdentity> wake) {
    dropDeletedRuns();
    Map<String, LogFollower> followers =
        byRun.computeIfAbsent(run.uid(), uid -> new ConcurrentHashMap<>());
    Set<String> uids =
        pods.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    followers.forEach(
        (uid, follower) -> {
          if (!uids.contains(uid) && followers.remove(uid, follower)) {
            follower.close();
          }
        });
    pods.forEach(
        pod ->
            followers.computeIfAbsent(
                pod.getMetadata().getUid(), uid -> started(run, pod, () -> wake.accept(run))));
  }

  /** Nobody says so when a run is deleted, but the logs of its pods end with its pods. */
  private void dropDeletedRuns() {
    byRun
        .values()
        .removeIf(
            followers ->
                !followers.isEmpty()
                    && followers.values().stream().allMatch(LogFollower::isClosed));
  }

  private LogFollower started(RunIdentity run, Pod pod, Runnable wake) {
    LogFollower follower =
        new LogFollower(
            run.namespace(),
            pod.getMetadata().getName(),
            new PodJournal(codec, run.uid(), pod.getMetadata().getUid()),
            log,
            clock,
            timer,
            wake);
    follower.start();
    return follower;
  }

  /** Follows no pod of this run any more. */
  public void forget(String runUid) {
    Optional.ofNullable(byRun.remove(runUid))
        .ifPresent(followers -> followers.values().forEach(LogFollower::close));
  }

  /** What this pod has said; silent if it is not followed. */
  public WorkerTalk talk(String runUid, String podUid) {
    return journal(runUid, podUid).map(PodJournal::talk).orElseGet(WorkerTalk::silent);
  }

  /** This pod's whole report of this attempt, if it is here. */
  public Optional<WorkerReport> report(String runUid, String podUid, StepAttempt attempt) {
    return journal(runUid, podUid).flatMap(journal -> journal.report(attempt));
  }

  private Optional<PodJournal> journal(String runUid, String podUid) {
    return Optional.ofNullable(byRun.get(runUid))
        .flatMap(followers -> Optional.ofNullable(followers.get(podUid)))
        .map(LogFollower::journal);
  }
}
