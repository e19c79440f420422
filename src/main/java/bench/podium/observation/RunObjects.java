package bench.podium.observation;

import bench.podium.domain.observation.Problem;
import bench.podium.resources.Labels;
import bench.podium.resources.TargetResources;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The objects of one run, selected by its uid.
 *
 * @param refusals by object name, creations that the API server rejected
 * @param neighbours other runs that have pods, each as namespace/name
 */
public record RunObjects(
    List<Job> jobs,
    List<Deployment> deployments,
    List<Service> services,
    List<Pod> pods,
    Map<String, Refusal> refusals,
    List<String> neighbours) {

  /** Without other runs. */
  public RunObjects(
      List<Job> jobs,
      List<Deployment> deployments,
      List<Service> services,
      List<Pod> pods,
      Map<String, Refusal> refusals) {
    this(jobs, deployments, services, pods, refusals, List.of());
  }

  public RunObjects {
    jobs = List.copyOf(jobs);
    deployments = List.copyOf(deployments);
    services = List.copyOf(services);
    pods = List.copyOf(pods);
    refusals = Map.copyOf(refusals);
    neighbours = List.copyOf(neighbours);
  }

  /** No objects. */
  public static RunObjects empty() {
    return new RunObjects(List.of(), List.of(), List.of(), List.of(), Map.of());
  }

  /** A copy with these pods in place of its own. */
  public RunObjects withPods(List<Pod> newPods) {
    return new RunObjects(jobs, deployments, services, newPods, refusals, neighbours);
  }

  /** A copy with these other runs, each as namespace/name. */
  public RunObjects withNeighbours(List<String> runs) {
    return new RunObjects(jobs, deployments, services, pods, refusals, runs);
  }

  /** Whether the run has no objects. */
  public boolean isEmpty() {
    return jobs.isEmpty() && deployments.isEmpty() && services.isEmpty() && pods.isEmpty();
  }

  /**
   * A creation that the API server rejected.
   *
   * @param since when it was first rejected
   */
  public record Refusal(Problem problem, Instant since) {}

  /** Worker pods of all generations. */
  public List<Pod> workers() {
    return withRole(Labels::isWorker);
  }

  /** Worker pods that are running, and so may still write to their logs. */
  public List<Pod> runningWorkers() {
    return workers().stream().filter(RunObjects::isRunning).toList();
  }

  /** Target pods whose collector is running and that are not being deleted. */
  public List<Pod> podsWithCollector() {
    return targetPods().stream()
        .filter(RunObjects::isRunning)
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(RunObjects::hasCollector)
        .toList();
  }

  private static boolean hasCollector(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .anyMatch(container -> TargetResources.COLLECTOR.equals(container.getName()));
  }

  /** Whether a pod has started and not ended. */
  public static boolean isRunning(Pod pod) {
    return pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
  }

  /** Pods of the targets. */
  public List<Pod> targetPods() {
    return withRole(Labels.ROLE_TARGET::equals);
  }

  /** Running workers, and all target pods. */
  public List<Pod> activePods() {
    return Stream.concat(runningWorkers().stream(), targetPods().stream()).toList();
  }

  private List<Pod> withRole(Predicate<String> role) {
    return pods.stream()
        .filter(pod -> role.test(pod.getMetadata().getLabels().get(Labels.ROLE)))
        .toList();
  }
}
