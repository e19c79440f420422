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
 * How the containers of a target ended, and what they wrote last. Each log is read once, as soon as
 * the end is seen: it goes with its pod.
 */
public final class ContainerTerminations {

  private static final Logger LOG = Logger.getLogger(ContainerTerminations.class);

  private final EndedContainerLog log;
  private final Duration timeout;
  private final Map<String, Map<Key, EndedLogRead>> byRun = new ConcurrentHashMap<>();

  private record Key(String podUid, String container, int restart) {}

  /**
   * @param restart how often the container had been started again before the run that ended
   */
  private record Ended(
      Pod pod, ContainerStatus status, int restart, ContainerStateTerminated state) {

    Key key() {
      return new Key(pod.getMetadata().getUid(), status.getName(), restart);
    }

    boolean before() {
      return restart < status.getRestartCount();
    }
  }

  /**
   * @param timeout how long a decision may wait for all logs of one observation together
   */
  public ContainerTerminations(EndedContainerLog log, Duration timeout) {
    this.log = log;
    this.timeout = timeout;
  }

  /** Those that Kubernetes remembers of these pods' own containers, by the uid of the pod. */
  Map<String, List<ContainerTermination>> of(
      RunIdentity run, List<Pod> pods, CrashLogPolicy policy) {
    List<Ended> all = pods.stream().flatMap(ContainerTerminations::ended).toList();
    if (policy.read()) {
      await(
          all.stream()
              .flatMap(each -> reading(run, each, policy).begin(each.before()).stream())
              .toList());
    }
    return all.stream()
        .collect(
            Collectors.groupingBy(
                each -> each.key().podUid(),
                Collectors.mapping(each -> end(run, each, policy), Collectors.toList())));
  }

  private static Stream<Ended> ended(Pod pod) {
    return TargetMapper.targetsOwn(pod)
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

  /** Those that take longer are read on, and seen at a later look. */
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

  /** Forgets what was read of this run. */
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
        policy.read() ? reading(run, ended, policy).soFar() : LogEnd.none());
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

  private EndedLogRead reading(RunIdentity run, Ended ended, CrashLogPolicy policy) {
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
