package bench.podium.domain.observation;

import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A worker as it is seen and heard.
 *
 * @param index from 0
 * @param node where it is; empty while it has none
 * @param state by Kubernetes' account
 * @param report by its own account
 * @param lastCommand the newest command that stands on it; absent before the first
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

  /** Where a worker stands. */
  public sealed interface State {
    /** Not running yet. */
    record Starting(Optional<Problem> problem) implements State {}

    /** Its container runs. */
    record Running() implements State {}

    /**
     * It is of no more use: ended, deleted or on its way out.
     *
     * @param stillRuns its container has not ended yet, as far as Kubernetes knows
     */
    record Lost(Problem problem, boolean stillRuns) implements State {}
  }

  /**
   * What the operator last asked.
   *
   * @param at when the pod was last patched for it, by the operator's clock
   */
  public record LastCommand(AttemptId about, Kind kind, int ask, Instant at) {
    /** What kind of command it was. */
    public enum Kind {
      ARM,
      STOP,
      REPEAT,
      FINISH
    }

    /** Whether it was not longer ago than this; a time that has not come yet is not believed. */
    public boolean within(Duration time, Instant now) {
      return !at.isAfter(now) && now.isBefore(at.plus(time));
    }
  }
}
