package bench.podium.observe;

import bench.podium.domain.lifecycle.TargetObservation;
import bench.podium.domain.lifecycle.TargetObservation.State;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.resources.Labels;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Deployments and pods of a run's targets as observations. */
final class TargetReading {

  /** How long past its grace period a pod may stand in the way of the next target. */
  private static final Duration OVERDUE = Duration.ofSeconds(30);

  /** Kubernetes cuts times to whole seconds: what started again did so at the latest then. */
  private static final Duration CUT = Duration.ofMillis(999);

  private TargetReading() {}

  /**
   * @param deployments of one run
   * @param pods of the same run's targets
   */
  static List<TargetObservation> read(
      Collection<Deployment> deployments, Collection<Pod> pods, Instant now) {
    TreeSet<String> names = new TreeSet<>();
    Stream.concat(deployments.stream(), pods.stream()).map(TargetReading::name).forEach(names::add);
    return names.stream()
        .map(
            name ->
                read(
                    name,
                    deployments.stream().filter(each -> name(each).equals(name)).findFirst(),
                    pods.stream().filter(each -> name(each).equals(name)).toList(),
                    now))
        .toList();
  }

  private static TargetObservation read(
      String name, Optional<Deployment> deployment, List<Pod> pods, Instant now) {
    List<ContainerStatus> containers =
        pods.stream()
            .filter(pod -> pod.getStatus() != null)
            .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
            .toList();
    return new TargetObservation(
        name,
        deployment
            .filter(present -> present.getMetadata().getDeletionTimestamp() == null)
            .map(present -> standing(present, pods))
            .orElseGet(() -> leaving(pods, now)),
        containers.stream().mapToInt(ContainerStatus::getRestartCount).sum(),
        (int) containers.stream().filter(TargetReading::outOfMemory).count(),
        containers.stream().flatMap(TargetReading::lastStart).max(Instant::compareTo));
  }

  private static State standing(Deployment deployment, List<Pod> pods) {
    int wanted = deployment.getSpec().getReplicas();
    Integer ready =
        deployment.getStatus() == null ? null : deployment.getStatus().getReadyReplicas();
    if (ready != null && ready >= wanted) {
      return new State.Ready();
    }
    Optional<Trouble> trouble =
        Stream.concat(
                forbidden(deployment).stream(),
                pods.stream()
                    .filter(pod -> pod.getStatus() != null)
                    .flatMap(pod -> ContainerTrouble.of(pod).stream()))
            .findFirst();
    return new State.Starting(
        Instant.parse(deployment.getMetadata().getCreationTimestamp()), trouble);
  }

  private static Optional<Trouble> forbidden(Deployment deployment) {
    if (deployment.getStatus() == null) {
      return Optional.empty();
    }
    return deployment.getStatus().getConditions().stream()
        .filter(
            condition ->
                "ReplicaFailure".equals(condition.getType())
                    && "True".equals(condition.getStatus()))
        .map(condition -> new Trouble(Trouble.Kind.FORBIDDEN, condition.getMessage()))
        .findFirst();
  }

  private static State leaving(List<Pod> pods, Instant now) {
    Instant last =
        pods.stream()
            .flatMap(pod -> Optional.ofNullable(pod.getMetadata().getDeletionTimestamp()).stream())
            .map(Instant::parse)
            .max(Instant::compareTo)
            .orElse(now);
    return new State.Leaving(last.plus(OVERDUE));
  }

  private static boolean outOfMemory(ContainerStatus status) {
    return Stream.of(status.getState(), status.getLastState())
        .filter(state -> state != null && state.getTerminated() != null)
        .anyMatch(state -> "OOMKilled".equals(state.getTerminated().getReason()));
  }

  private static Stream<Instant> lastStart(ContainerStatus status) {
    ContainerState state = status.getState();
    if (state == null) {
      return Stream.empty();
    }
    if (state.getTerminated() != null) {
      return Stream.of(Instant.parse(state.getTerminated().getFinishedAt()).plus(CUT));
    }
    if (state.getRunning() != null) {
      Instant started = Instant.parse(state.getRunning().getStartedAt());
      return Stream.of(status.getRestartCount() > 0 ? started.plus(CUT) : started);
    }
    return status.getLastState() != null && status.getLastState().getTerminated() != null
        ? Stream.of(Instant.parse(status.getLastState().getTerminated().getFinishedAt()).plus(CUT))
        : Stream.empty();
  }

  private static String name(HasMetadata resource) {
    return Texts.orEmpty(resource.getMetadata().getLabels()).getOrDefault(Labels.TARGET, "");
  }
}
