package bench.podium.domain.observation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A target that stands in the cluster, whole or in part.
 *
 * @param running all its replicas' containers run, ready or not: one that is overloaded on purpose
 *     may not be
 * @param restarts of its containers since it was created
 * @param oomKills of the last two ends of each container: more is not remembered
 * @param lastStart when a container of it last started, or a pod of it was made that has started
 *     none yet
 * @param nodes where its pods are
 * @param collectors of its pods that run; none where they have none
 * @param ends of its containers, as far as Kubernetes remembers them: the last two of each
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
    List<ContainerTermination> ends) {

  public TargetObservation {
    nodes = Set.copyOf(nodes);
    collectors = List.copyOf(collectors);
    ends = List.copyOf(ends);
  }

  /** A target of which no container has ended. */
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

  /** The same target in another state. */
  public TargetObservation in(State other) {
    return new TargetObservation(
        name, other, running, restarts, oomKills, lastStart, nodes, collectors, ends);
  }

  /** The newest end of any of its containers. */
  public Optional<ContainerTermination> lastEnd() {
    return ends.stream().max(Comparator.comparing(end -> end.finishedAt().orElse(Instant.MIN)));
  }

  /** Whether it was made and nobody has told it to go. */
  public boolean stands() {
    return switch (state) {
      case State.Ready ready -> true;
      case State.ServiceUnavailable cutOff -> true;
      case State.Starting starting -> true;
      case State.Terminating terminating -> false;
      case State.Refused refused -> false;
    };
  }

  /** Where a target stands. */
  public sealed interface State {
    /**
     * Asked for, not ready.
     *
     * @param since it has not been ready: its creation, or when it last ceased to be ready
     */
    record Starting(Instant since, Optional<Problem> problem) implements State {}

    /** All replicas are ready, or were when the kubelet was last heard of. */
    record Ready() implements State {}

    /**
     * Ready, but its Service does not lead to it: the Service was deleted, or the control plane has
     * not heard of the target's node for a while.
     */
    record ServiceUnavailable() implements State {}

    /** Its Deployment is gone or going; pods of it may still stand. */
    record Terminating(Instant overdueAt) implements State {}

    /** It cannot be made: an object of another origin has its name, or a rule forbids it. */
    record Refused(Problem problem, Instant since) implements State {}
  }
}
