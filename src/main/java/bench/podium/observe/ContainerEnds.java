package bench.podium.observe;

import bench.podium.domain.lifecycle.ContainerEnd;
import bench.podium.domain.lifecycle.ExitStatus;
import bench.podium.domain.lifecycle.LogEnd;
import bench.podium.domain.plan.RunIdentity;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How the containers of a target ended, and what they wrote last. Each log is read once, as soon as
 * the end is seen: it goes with its pod.
 */
public final class ContainerEnds {

  private final EndedLog log;
  private final Duration patience;
  private final Map<String, Map<Key, EndedLogReading>> byRun = new ConcurrentHashMap<>();

  private record Key(String podUid, String container, int restart) {}

  /**
   * @param patience how long a decision may wait for one log
   */
  public ContainerEnds(EndedLog log, Duration patience) {
    this.log = log;
    this.patience = patience;
  }

  /** Those that Kubernetes remembers of this pod's own containers. */
  List<ContainerEnd> of(RunIdentity run, Pod pod, CrashLogPolicy policy) {
    return TargetReading.targetsOwn(pod)
        .flatMap(
            status ->
                Stream.concat(
                    terminated(status.getLastState())
                        .map(
                            end -> end(run, pod, status, status.getRestartCount() - 1, end, policy))
                        .stream(),
                    terminated(status.getState())
                        .map(end -> end(run, pod, status, status.getRestartCount(), end, policy))
                        .stream()))
        .toList();
  }

  /** Forgets what was read of this run. */
  public void forget(String runUid) {
    byRun.remove(runUid);
  }

  private static Optional<ContainerStateTerminated> terminated(ContainerState state) {
    return Optional.ofNullable(state).map(ContainerState::getTerminated);
  }

  private ContainerEnd end(
      RunIdentity run,
      Pod pod,
      ContainerStatus status,
      int restart,
      ContainerStateTerminated end,
      CrashLogPolicy policy) {
    return new ContainerEnd(
        pod.getMetadata().getName(),
        status.getName(),
        Math.max(0, restart),
        exit(pod, end),
        instant(end.getFinishedAt()),
        pod.getMetadata().getDeletionTimestamp() != null,
        policy.read() ? read(run, pod, status, restart, end, policy) : LogEnd.none());
  }

  /** An evicted pod says so, and its containers only with which code they ended. */
  static ExitStatus exit(Pod pod, ContainerStateTerminated end) {
    String ofPod =
        pod.getStatus() == null ? "" : Optional.ofNullable(pod.getStatus().getReason()).orElse("");
    ExitStatus exit = exit(end);
    return ofPod.isEmpty() || exit.outOfMemory() ? exit : new ExitStatus(exit.code(), ofPod);
  }

  static ExitStatus exit(ContainerStateTerminated end) {
    return new ExitStatus(
        Optional.ofNullable(end.getExitCode()).orElse(0),
        Optional.ofNullable(end.getReason()).orElse(""));
  }

  private LogEnd read(
      RunIdentity run,
      Pod pod,
      ContainerStatus status,
      int restart,
      ContainerStateTerminated end,
      CrashLogPolicy policy) {
    Key key = new Key(pod.getMetadata().getUid(), status.getName(), restart);
    boolean before = restart < status.getRestartCount();
    PodLog.Source source =
        new PodLog.Source(run.namespace(), pod.getMetadata().getName(), status.getName());
    return byRun
        .computeIfAbsent(run.uid(), uid -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            key,
            unread ->
                new EndedLogReading(
                    log,
                    source,
                    instant(end.getStartedAt()),
                    instant(end.getFinishedAt()),
                    policy.redaction()))
        .get(before, patience);
  }

  private static Optional<Instant> instant(String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }
}
