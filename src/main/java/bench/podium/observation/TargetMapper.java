package bench.podium.observation;

import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservation.State;
import bench.podium.resources.Labels;
import bench.podium.resources.TargetResources;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Maps the Deployments and pods of a run's targets to observations. */
final class TargetMapper {

  /** How long beyond its grace period a terminating pod delays the next target. */
  static final Duration OVERDUE_MARGIN = Duration.ofSeconds(30);

  /** Pod condition that only the kubelet sets. */
  private static final String CONTAINERS_READY = "ContainersReady";

  /**
   * Pod condition that Services and the Deployment's ready count use. The control plane sets it to
   * false for all pods of a node that was unreachable for a while, although they keep running.
   */
  private static final String READY = "Ready";

  /**
   * Kubernetes truncates times to whole seconds; adding this gives the latest possible time of a
   * restart.
   */
  private static final Duration TRUNCATION = Duration.ofMillis(999);

  private TargetMapper() {}

  /**
   * @param objects of one run
   * @param collectors what a pod's collector has reported, if it has one
   * @param terminations terminations of a pod's containers; called only for targets that are not
   *     being deleted
   */
  static List<TargetObservation> read(
      RunObjects objects,
      Function<Pod, Optional<CollectorObservation>> collectors,
      Function<Pod, List<ContainerTermination>> terminations,
      Instant now) {
    TreeSet<String> names = new TreeSet<>();
    Stream.concat(objects.deployments().stream(), objects.targetPods().stream())
        .map(TargetMapper::name)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names.stream()
        .map(
            name ->
                read(
                    name,
                    of(name, objects.deployments()).findFirst(),
                    objects.services(),
                    of(name, objects.targetPods()).toList(),
                    collectors,
                    terminations,
                    now))
        .toList();
  }

  /** The pods of all targets that are not being deleted. */
  static List<Pod> podsOfExisting(RunObjects objects) {
    Set<String> existing =
        objects.deployments().stream()
            .filter(TargetMapper::exists)
            .map(TargetMapper::name)
            .collect(Collectors.toSet());
    return objects.targetPods().stream().filter(pod -> existing.contains(name(pod))).toList();
  }

  private static boolean exists(Deployment deployment) {
    return deployment.getMetadata().getDeletionTimestamp() == null;
  }

  private static <R extends HasMetadata> Stream<R> of(String name, List<R> objects) {
    return objects.stream().filter(each -> name(each).equals(name));
  }

  private static TargetObservation read(
      String name,
      Optional<Deployment> deployment,
      List<Service> services,
      List<Pod> pods,
      Function<Pod, Optional<CollectorObservation>> collectors,
      Function<Pod, List<ContainerTermination>> terminations,
      Instant now) {
    Optional<Deployment> existing = deployment.filter(TargetMapper::exists);
    List<ContainerStatus> containers = pods.stream().flatMap(TargetMapper::ownContainers).toList();
    return new TargetObservation(
        name,
        existing
            .map(present -> existingState(present, services, pods, now))
            .orElseGet(() -> terminating(pods, now)),
        existing.filter(present -> running(present, pods)).isPresent(),
        containers.stream().mapToInt(ContainerStatus::getRestartCount).sum(),
        containers.stream().mapToInt(TargetMapper::oomKills).sum(),
        pods.stream().flatMap(TargetMapper::lastStart).max(Instant::compareTo),
        pods.stream().flatMap(pod -> PodNode.of(pod).stream()).collect(Collectors.toSet()),
        pods.stream().flatMap(pod -> collectors.apply(pod).stream()).toList(),
        existing.stream()
            .flatMap(all -> pods.stream())
            .map(terminations)
            .flatMap(List::stream)
            .toList());
  }

  /**
   * The statuses of the target's own containers: a restart of the collector is not a restart of the
   * target.
   */
  static Stream<ContainerStatus> ownContainers(Pod pod) {
    return Stream.ofNullable(pod.getStatus())
        .flatMap(status -> status.getContainerStatuses().stream())
        .filter(status -> !TargetResources.COLLECTOR.equals(status.getName()));
  }

  private static boolean running(Deployment deployment, List<Pod> pods) {
    return pods.stream().filter(TargetMapper::isRunning).count()
        >= deployment.getSpec().getReplicas();
  }

  private static boolean isRunning(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && RunObjects.isRunning(pod)
        && ownContainers(pod)
            .allMatch(
                status -> status.getState() != null && status.getState().getRunning() != null);
  }

  private static State existingState(
      Deployment deployment, List<Service> services, List<Pod> pods, Instant now) {
    int wanted = deployment.getSpec().getReplicas();
    Integer ready =
        deployment.getStatus() == null ? null : deployment.getStatus().getReadyReplicas();
    boolean reportsReady = ready != null && ready >= wanted;
    if (count(pods, CONTAINERS_READY) >= wanted) {
      return services.stream().anyMatch(service -> routesTo(service, deployment, pods))
          ? new State.Ready()
          : new State.ServiceUnavailable();
    }
    Optional<Problem> problem =
        Stream.concat(
                forbidden(deployment).stream(),
                pods.stream()
                    .filter(pod -> pod.getStatus() != null)
                    .flatMap(pod -> PodFailureReason.of(pod).stream()))
            .findFirst();
    return new State.Starting(reportsReady ? now : notReadySince(deployment), problem);
  }

  /**
   * Since when the target has not been ready. For one that was ready before, the time starts at its
   * last transition: a restart is not a slow start.
   */
  private static Instant notReadySince(Deployment deployment) {
    Instant created = Instant.parse(deployment.getMetadata().getCreationTimestamp());
    return available(deployment)
        .filter(condition -> "False".equals(condition.getStatus()))
        .map(DeploymentCondition::getLastTransitionTime)
        .map(Instant::parse)
        .filter(created::isBefore)
        .orElse(created);
  }

  private static Optional<DeploymentCondition> available(Deployment deployment) {
    return Optional.ofNullable(deployment.getStatus()).stream()
        .flatMap(status -> status.getConditions().stream())
        .filter(condition -> "Available".equals(condition.getType()))
        .findFirst();
  }

  /**
   * Whether the Service routes to the Deployment's pods. A target's Service has the name of its
   * Deployment.
   */
  private static boolean routesTo(Service service, Deployment deployment, List<Pod> pods) {
    boolean exists =
        service.getMetadata().getName().equals(deployment.getMetadata().getName())
            && service.getMetadata().getDeletionTimestamp() == null;
    boolean routesToUnready = Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
    return exists && (routesToUnready || count(pods, READY) >= deployment.getSpec().getReplicas());
  }

  /** Number of pods that are not being deleted and have this condition. */
  private static long count(List<Pod> pods, String condition) {
    return pods.stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> pod.getStatus() != null)
        .filter(
            pod ->
                pod.getStatus().getConditions().stream()
                    .filter(each -> condition.equals(each.getType()))
                    .anyMatch(each -> "True".equals(each.getStatus())))
        .count();
  }

  private static Optional<Problem> forbidden(Deployment deployment) {
    if (deployment.getStatus() == null) {
      return Optional.empty();
    }
    return deployment.getStatus().getConditions().stream()
        .filter(
            condition ->
                "ReplicaFailure".equals(condition.getType())
                    && "True".equals(condition.getStatus()))
        .map(condition -> new Problem(Problem.Kind.FORBIDDEN, condition.getMessage()))
        .findFirst();
  }

  private static State terminating(List<Pod> pods, Instant now) {
    Instant last =
        pods.stream()
            .flatMap(pod -> Optional.ofNullable(pod.getMetadata().getDeletionTimestamp()).stream())
            .map(Instant::parse)
            .max(Instant::compareTo)
            .orElse(now);
    return new State.Terminating(last.plus(OVERDUE_MARGIN));
  }

  /**
   * Number of OOM kills in the container's status, which keeps the termination before the last
   * start and, until the next start, the last one.
   */
  private static int oomKills(ContainerStatus status) {
    return (int)
        Stream.of(status.getState(), status.getLastState())
            .filter(state -> state != null && state.getTerminated() != null)
            .filter(state -> "OOMKilled".equals(state.getTerminated().getReason()))
            .count();
  }

  /**
   * The last starts of the pod's containers. A pod in which no container has started yet counts
   * from its creation, at which it replaced another.
   */
  private static Stream<Instant> lastStart(Pod pod) {
    List<Instant> starts = ownContainers(pod).flatMap(TargetMapper::lastStart).toList();
    return starts.isEmpty()
        ? Stream.ofNullable(pod.getMetadata().getCreationTimestamp()).map(Instant::parse)
        : starts.stream();
  }

  private static Stream<Instant> lastStart(ContainerStatus status) {
    ContainerState state = status.getState();
    if (state == null) {
      return Stream.empty();
    }
    if (state.getTerminated() != null) {
      return latestRestart(state.getTerminated());
    }
    if (state.getRunning() != null) {
      Duration rounding = status.getRestartCount() > 0 ? TRUNCATION : Duration.ZERO;
      return Stream.ofNullable(state.getRunning().getStartedAt())
          .map(started -> Instant.parse(started).plus(rounding));
    }
    return status.getLastState() != null && status.getLastState().getTerminated() != null
        ? latestRestart(status.getLastState().getTerminated())
        : Stream.empty();
  }

  /**
   * When a restart must have happened at the latest; empty if the kubelet has lost track of the
   * container, for example after an eviction.
   */
  private static Stream<Instant> latestRestart(ContainerStateTerminated terminated) {
    return Stream.ofNullable(terminated.getFinishedAt())
        .map(finished -> Instant.parse(finished).plus(TRUNCATION));
  }

  private static String name(HasMetadata resource) {
    return StatusTexts.orEmpty(resource.getMetadata().getLabels()).getOrDefault(Labels.TARGET, "");
  }
}
