package bench.podium.status;

import bench.podium.domain.admission.RunQueue;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.plan.RunPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a status is made of.
 *
 * @param generation of the spec that it speaks of
 * @param phase with what belongs to it
 */
public record RunSnapshot(long generation, Phase phase) {

  /** Where a run is. */
  public sealed interface Phase {

    /** Cannot be run as it is. */
    record Rejected(Reason reason, String message, Instant at) implements Phase {}

    /**
     * Waits for its turn.
     *
     * @param position 1 for the next
     * @param behind the run that has the place, for people
     */
    record Queued(RunPlan plan, int position, String behind) implements Phase {

      /** The same for all that are far behind: it does not change with each admission. */
      public static String text(int position, String behind) {
        return position > RunQueue.LAST_POSITION_PUBLISHED
            ? "%1$d or more runs are in front of it in the queue; the position is told from %1$d on"
                .formatted(RunQueue.LAST_POSITION_PUBLISHED)
            : "position %d in the queue; %s has the place".formatted(position, behind);
      }

      String text() {
        return text(position, behind);
      }
    }

    /** Suspended before it was ever admitted. */
    record SuspendedBeforeStart(RunPlan plan) implements Phase {}

    /** Cancelled before it was ever admitted. */
    record CancelledBeforeStart(RunPlan plan, Instant at) implements Phase {}

    /** Suspended, and admitted again; all that was written of it before stays. */
    record Resumed(RunPlan plan, Progress progress) implements Phase {}

    /** Without progress, as far as that could be seen; all that was written of it stays. */
    record BackedOff(RunPlan plan, Progress progress) implements Phase {}

    /**
     * Admitted, not finished; at work, or suspended where its progress says so.
     *
     * @param blockedBy why it does not go on, where nothing else says so
     */
    record Active(Execution execution, Optional<String> blockedBy) implements Phase {
      /** Nothing hinders it. */
      public Active(Execution execution) {
        this(execution, Optional.empty());
      }
    }

    /**
     * Started, perhaps by another version, and no plan can be made of it any more.
     *
     * @param reason why its spec is not accepted
     */
    record Unplannable(Reason reason, String message, Instant at) implements Phase {}

    /** Over. */
    record Finished(
        Execution execution, FinishReason reason, Verdict verdict, String message, Instant at)
        implements Phase {}
  }

  /**
   * A run that has started.
   *
   * @param index of the results; absent before the first is recorded
   */
  public record Execution(
      RunPlan plan,
      Instant startedAt,
      Progress progress,
      ComponentStatus targets,
      ComponentStatus workers,
      List<Row> rows,
      Optional<IndexReference> index) {

    public Execution {
      rows = List.copyOf(rows);
    }

    /** The same after a write of its progress. */
    public Execution with(Progress next) {
      return new Execution(plan, startedAt, next, targets, workers, rows, index);
    }

    /** The same with another standing of targets and workers. */
    public Execution componentStatus(ComponentStatus targetsNow, ComponentStatus workersNow) {
      return new Execution(plan, startedAt, progress, targetsNow, workersNow, rows, index);
    }
  }

  /** The ConfigMap that lists the results. */
  public record IndexReference(String name, String uid) {}
}
