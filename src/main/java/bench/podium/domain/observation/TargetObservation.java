package bench.podium.domain.observation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A target of which at least one object exists in the cluster.
 *
 * @param running whether the containers of all replicas run. They need not be ready: a target that
 *     is overloaded on purpose may fail its readiness probe
 * @param restarts number of restarts of its containers since it was created
 * @param oomKills how many of the last two terminations of each container were OOM kills;
 *     Kubernetes keeps no more
 * @param lastStart when one of its containers last started, or a pod was created that has not
 *     started one yet
 * @param nodes names of the nodes on which its pods run
 * @param collectors one for each running pod; empty where the pods have no collector
 * @param terminations terminations of its containers; Kubernetes keeps the last two of each
 */
public record TargetObservation(
    String name,
    State state,
    boolean running,
    int restarts,
    int oomKills,
    Optional<Instant> lastStart,
    Set<String> nodes,
    List<CollectorObservation> collectors,
    List<ContainerTermination> terminations) {

  public TargetObservation {
    nodes = Set.copyOf(nodes);
    collectors = List.copyOf(collectors);
    terminations = List.copyOf(terminations);
  }

  /** A target of which no container has terminated. */
  public TargetObservation(
      String name,
      State state,
      boolean running,
      int restarts,
      int oomKills,
      Optional<Instant> lastStart,
      Set<String> nodes,
      List<CollectorObservation> collectors) {
    this(name, state, running, restarts, oomKills, lastStart, nodes, collectors, List.of());
  }

  public TargetObservation withState(State other) {
    return new TargetObservation(
        name, other, running, restarts, oomKills, lastStart, nodes, collectors, terminations);
  }

  /** The latest termination of any of its containers. */
  public Optional<ContainerTermination> lastTermination() {
    return terminations.stream()
        .max(Comparator.comparing(end -> end.finishedAt().orElse(Instant.MIN)));
  }

  /** Whether its Deployment exists and is not being deleted. */
  public boolean isDeployed() {
    return switch (state) {
      case State.Ready ready -> true;
      case State.ServiceUnavailable unavailable -> true;
      case State.Starting starting -> true;
      case State.Terminating terminating -> false;
      case State.Refused refused -> false;
    };
  }

  /** The state of a target. */
  public sealed interface State {
    /**
     * Created, and not ready.
     *
     * @param since its creation, or when it last ceased to be ready
     */
    record Starting(Instant since, Optional<Problem> problem) implements State {}

    /** All replicas are ready, or were ready when the kubelet last reported. */
    record Ready() implements State {}

    /**
     * Ready, but its Service does not route to it: the Service was deleted, or the control plane
     * has lost contact with the target's node.
     */
    record ServiceUnavailable() implements State {}

    /**
     * Its Deployment is deleted or being deleted; its pods may still exist.
     *
     * @param overdueAt when its pods should be gone at the latest
     */
    record Terminating(Instant overdueAt) implements State {}

    /**
     * It cannot be created: its name is taken, or a quota or an admission rule forbids it.
     *
     * @param since when that was first seen
     */
    record Refused(Problem problem, Instant since) implements State {}
  }
}
