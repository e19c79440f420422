package bench.podium.observation;

import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.ExitStatus;
import bench.podium.domain.observation.LogEnd;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * How the containers of targets terminated, with the last lines of their logs. Each log is read
 * once, as soon as the termination is seen, because it is deleted with its pod.
 */
public final class ContainerTerminations {

  private static final Logger LOG = Logger.getLogger(ContainerTerminations.class);

  private final EndedContainerLog log;
  private final Duration timeout;
  private final Map<String, Map<Key, EndedLogRead>> byRun = new ConcurrentHashMap<>();

  private record Key(String podUid, String container, int restart) {}

  /**
   * @param restart the container's restart count before the run that terminated
   */
  private record Ended(
      Pod pod, ContainerStatus status, int restart, ContainerStateTerminated state) {

    Key key() {
      return new Key(pod.getMetadata().getUid(), status.getName(), restart);
    }

    boolean isPreviousInstance() {
      return restart < status.getRestartCount();
    }
  }

  /**
   * @param timeout how long a decision waits for all logs of one observation together
   */
  public ContainerTerminations(EndedContainerLog log, Duration timeout) {
    this.log = log;
    this.timeout = timeout;
  }

  /**
   * The terminations that the status of these pods records for the target's own containers, by pod
   * uid.
   */
  Map<String, List<ContainerTermination>> of(
      RunIdentity run, List<Pod> pods, CrashLogPolicy policy) {
    List<Ended> all = pods.stream().flatMap(ContainerTerminations::ended).toList();
    if (policy.read()) {
      await(
          all.stream()
              .flatMap(each -> logRead(run, each, policy).begin(each.isPreviousInstance()).stream())
              .toList());
    }
    return all.stream()
        .collect(
            Collectors.groupingBy(
                each -> each.key().podUid(),
                Collectors.mapping(each -> end(run, each, policy), Collectors.toList())));
  }

  private static Stream<Ended> ended(Pod pod) {
    return TargetMapper.ownContainers(pod)
        .flatMap(
            status ->
                Stream.concat(
                    terminated(status.getLastState())
                        .map(end -> new Ended(pod, status, status.getRestartCount() - 1, end))
                        .stream(),
                    terminated(status.getState())
                        .map(end -> new Ended(pod, status, status.getRestartCount(), end))
                        .stream()));
  }

  /**
   * Waits for the logs. Those that take longer are still read, and included in a later observation.
   */
  private void await(List<CompletableFuture<LogEnd>> begun) {
    try {
      CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new))
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("not all logs could be read: %s", e);
    }
  }

  /** Drops what was read for this run. */
  public void forget(String runUid) {
    byRun.remove(runUid);
  }

  private static Optional<ContainerStateTerminated> terminated(ContainerState state) {
    return Optional.ofNullable(state).map(ContainerState::getTerminated);
  }

  private ContainerTermination end(RunIdentity run, Ended ended, CrashLogPolicy policy) {
    return new ContainerTermination(
        ended.pod().getMetadata().getName(),
        ended.status().getName(),
        Math.max(0, ended.restart()),
        exit(ended.pod(), ended.state()),
        instant(ended.state().getFinishedAt()),
        ended.pod().getMetadata().getDeletionTimestamp() != null,
        policy.read() ? logRead(run, ended, policy).result() : LogEnd.none());
  }

  /**
   * How the container ended. The reason of an evicted pod is in the pod's status only; its
   * containers have just an exit code.
   */
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

  private EndedLogRead logRead(RunIdentity run, Ended ended, CrashLogPolicy policy) {
    return byRun
        .computeIfAbsent(run.uid(), uid -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            ended.key(),
            unread ->
                new EndedLogRead(
                    log,
                    new PodLog.Source(
                        run.namespace(),
                        ended.pod().getMetadata().getName(),
                        ended.status().getName()),
                    instant(ended.state().getStartedAt()),
                    instant(ended.state().getFinishedAt()),
                    policy.redaction()));
  }

  private static Optional<Instant> instant(String text) {
    return Optional.ofNullable(text).map(Instant::parse);
  }
}
