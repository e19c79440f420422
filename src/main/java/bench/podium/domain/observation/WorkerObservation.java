package bench.podium.domain.observation;

import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A worker, as its pod and its log show it.
 *
 * @param index completion index of its pod, from 0
 * @param node name of the node on which it runs; empty while it is not scheduled
 * @param state according to Kubernetes
 * @param report according to its own messages
 * @param lastCommand the newest command that was sent to it; absent before the first
 */
public record WorkerObservation(
    int index,
    String pod,
    String podUid,
    String node,
    State state,
    WorkerReport report,
    Optional<LastCommand> lastCommand)
    implements AgentPod {

  /** The state of a worker's pod. */
  public sealed interface State {
    /** It does not run yet. */
    record Starting(Optional<Problem> problem) implements State {}

    /** Its container runs. */
    record Running() implements State {}

    /**
     * It is lost: terminated, deleted or being deleted.
     *
     * @param stillRuns whether its container still runs, as far as Kubernetes knows
     */
    record Lost(Problem problem, boolean stillRuns) implements State {}
  }

  /**
   * The command that the operator sent last.
   *
   * @param attempt the attempt to which it belongs
   * @param ask for a repeat: how many results or samples were requested so far, this one included;
   *     0 asks for the state alone
   * @param at when the pod was last patched for it, by the operator's clock
   */
  public record LastCommand(AttemptId attempt, Kind kind, int ask, Instant at) {
    /** The kind of a command. */
    public enum Kind {
      ARM,
      STOP,
      REPEAT,
      FINISH
    }

    /** Whether it was sent less than {@code time} ago; a time in the future counts as wrong. */
    public boolean within(Duration time, Instant now) {
      return !at.isAfter(now) && now.isBefore(at.plus(time));
    }
  }
}
