package bench.podium.observation;

import bench.podium.domain.plan.RunIdentity;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.resources.TargetResources;
import bench.podium.resources.WorkerResources;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Follows the logs of one container, worker or collector, in all pods of active runs. Its state can
 * be read again from the logs, so a new operator starts with none.
 *
 * @param <J> the state kept for each log
 */
public final class PodLogs<J extends LogState> {

  private final String container;
  private final BiFunction<String, String, J> newLogState;
  private final PodLog log;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Map<String, Map<String, Followed<J>>> byRun = new ConcurrentHashMap<>();
  private final Map<String, EndedLogStates<J>> ended = new ConcurrentHashMap<>();

  private record Followed<J extends LogState>(J logState, LogFollower follower) {}

  /** The logs of workers. */
  public static PodLogs<WorkerLogState> ofWorkers(
      ProtocolCodec codec, PodLog log, Clock clock, ScheduledExecutorService timer) {
    return new PodLogs<>(
        WorkerResources.CONTAINER,
        (run, pod) -> new WorkerLogState(codec, run, pod),
        log,
        clock,
        timer);
  }

  /** The logs of the collectors in the targets' pods. */
  public static PodLogs<CollectorLogState> ofCollectors(
      ProtocolCodec codec, PodLog log, Clock clock, ScheduledExecutorService timer) {
    return new PodLogs<>(
        TargetResources.COLLECTOR,
        (run, pod) -> new CollectorLogState(codec, run, pod),
        log,
        clock,
        timer);
  }

  private PodLogs(
      String container,
      BiFunction<String, String, J> newLogState,
      PodLog log,
      Clock clock,
      ScheduledExecutorService timer) {
    this.container = container;
    this.newLogState = newLogState;
    this.log = log;
    this.clock = clock;
    this.timer = timer;
  }

  /**
   * Follows the logs of these pods of the run, and no others.
   *
   * @param wake called whenever a line may affect a decision
   */
  public void follow(RunIdentity run, Collection<Pod> pods, Consumer<RunIdentity> wake) {
    dropDeletedRuns();
    Map<String, Followed<J>> followed =
        byRun.computeIfAbsent(run.uid(), uid -> new ConcurrentHashMap<>());
    Set<String> uids =
        pods.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    followed.forEach(
        (uid, each) -> {
          if (!uids.contains(uid) && followed.remove(uid, each)) {
            each.follower().close();
            each.logState().close();
            ended
                .computeIfAbsent(run.uid(), unused -> new EndedLogStates<>())
                .put(uid, each.logState());
          }
        });
    pods.forEach(
        pod ->
            followed.computeIfAbsent(
                pod.getMetadata().getUid(),
                uid -> startFollowing(run, pod, () -> wake.accept(run))));
  }

  /**
   * Drops the state of deleted runs. Their deletion is not announced, but all their logs are closed
   * once their pods are gone.
   */
  private void dropDeletedRuns() {
    byRun
        .entrySet()
        .removeIf(
            run -> {
              Collection<Followed<J>> followed = run.getValue().values();
              boolean deleted =
                  !followed.isEmpty()
                      && followed.stream().allMatch(each -> each.follower().isClosed());
              if (deleted) {
                ended.remove(run.getKey());
              }
              return deleted;
            });
  }

  private Followed<J> startFollowing(RunIdentity run, Pod pod, Runnable wake) {
    J logState = newLogState.apply(run.uid(), pod.getMetadata().getUid());
    LogFollower follower =
        new LogFollower(
            new PodLog.Source(run.namespace(), pod.getMetadata().getName(), container),
            logState,
            log,
            clock,
            timer,
            wake);
    follower.start();
    return new Followed<>(logState, follower);
  }

  /** Stops following the pods of this run and drops their states. */
  public void forget(String runUid) {
    ended.remove(runUid);
    Optional.ofNullable(byRun.remove(runUid))
        .ifPresent(followed -> followed.values().forEach(each -> each.follower().close()));
  }

  /** The state of this pod's log, also after the pod has ended; empty if it was never followed. */
  public Optional<J> logState(String runUid, String podUid) {
    return Optional.ofNullable(byRun.get(runUid))
        .flatMap(followed -> Optional.ofNullable(followed.get(podUid)))
        .map(Followed::logState)
        .or(() -> Optional.ofNullable(ended.get(runUid)).flatMap(states -> states.get(podUid)));
  }
}
