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
import java.util.stream.Stream;

/**
 * A run's objects as they stand in the cluster, by its uid.
 *
 * @param refusals why an object, by its name, could not be created lately
 * @param neighbours other runs of which pods stand, each as namespace/name
 */
public record RunObjects(
    List<Job> jobs,
    List<Deployment> deployments,
    List<Service> services,
    List<Pod> pods,
    Map<String, Refusal> refusals,
    List<String> neighbours) {

  /** Where no other run has pods. */
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

  /** Nothing stands. */
  public static RunObjects none() {
    return new RunObjects(List.of(), List.of(), List.of(), List.of(), Map.of());
  }

  /** These pods, whatever else stands. */
  public RunObjects withPods(List<Pod> others) {
    return new RunObjects(jobs, deployments, services, others, refusals, neighbours);
  }

  /** The same beside these runs. */
  public RunObjects beside(List<String> others) {
    return new RunObjects(jobs, deployments, services, pods, refusals, others);
  }

  /** Whether nothing of the run stands. */
  public boolean isEmpty() {
    return jobs.isEmpty() && deployments.isEmpty() && services.isEmpty() && pods.isEmpty();
  }

  /** A creation that the API server turned down. */
  public record Refusal(Problem problem, Instant since) {}

  /** Workers of every generation. */
  public List<Pod> workers() {
    return withRole(Labels.ROLE_WORKER);
  }

  /** Workers that have started and not ended: those that have something to say. */
  public List<Pod> talkingWorkers() {
    return workers().stream().filter(RunObjects::running).toList();
  }

  /** Pods of targets in which a collector has started and not been told to end. */
  public List<Pod> observedPods() {
    return targetPods().stream()
        .filter(RunObjects::running)
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(RunObjects::hasCollector)
        .toList();
  }

  private static boolean hasCollector(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .anyMatch(container -> TargetResources.COLLECTOR.equals(container.getName()));
  }

  /** Whether a pod has started and not ended. */
  public static boolean running(Pod pod) {
    return pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
  }

  /** Pods of the targets. */
  public List<Pod> targetPods() {
    return withRole(Labels.ROLE_TARGET);
  }

  /** Workers that have something to say yet, and all pods of targets. */
  public List<Pod> atWork() {
    return Stream.concat(talkingWorkers().stream(), targetPods().stream()).toList();
  }

  private List<Pod> withRole(String role) {
    return pods.stream()
        .filter(pod -> role.equals(pod.getMetadata().getLabels().get(Labels.ROLE)))
        .toList();
  }
}
