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
 * Everything that the status of a run is made of.
 *
 * @param generation of the spec that it is based on
 * @param phase of the run, with the data that belongs to it
 */
public record RunSnapshot(long generation, Phase phase) {

  /** The phase of a run. */
  public sealed interface Phase {

    /** Its spec is invalid; nothing was started. */
    record Rejected(Reason reason, String message, Instant at) implements Phase {}

    /**
     * Waits in the queue.
     *
     * @param position 1 for the next
     * @param behind the run that occupies the slot, or is admitted first, as text
     */
    record Queued(RunPlan plan, int position, String behind) implements Phase {

      /**
       * The same text for all runs beyond the last published position, so that an admission does
       * not change the status of each of them.
       */
      public static String text(int position, String behind) {
        return position > RunQueue.LAST_POSITION_PUBLISHED
            ? "%1$d or more runs are ahead in the queue; the position is shown from %1$d on"
                .formatted(RunQueue.LAST_POSITION_PUBLISHED)
            : "position %d in the queue, behind %s".formatted(position, behind);
      }

      String text() {
        return text(position, behind);
      }
    }

    /** Suspended before it was first admitted. */
    record SuspendedBeforeStart(RunPlan plan) implements Phase {}

    /** Cancelled before it was first admitted. */
    record CancelledBeforeStart(RunPlan plan, Instant at) implements Phase {}

    /** Admitted again after a suspension; its recorded status is retained. */
    record Resumed(RunPlan plan, Progress progress) implements Phase {}

    /**
     * Made no progress, and released its slot before it was observed; its recorded status is
     * retained.
     */
    record BackedOff(RunPlan plan, Progress progress) implements Phase {}

    /**
     * Admitted and not finished: active, or suspended if its progress is.
     *
     * @param blockedBy why it does not continue, if no condition shows it
     */
    record Active(Execution execution, Optional<String> blockedBy) implements Phase {
      /** A run that nothing blocks. */
      public Active(Execution execution) {
        this(execution, Optional.empty());
      }
    }

    /**
     * Started, perhaps by another version, and its spec can no longer be planned.
     *
     * @param reason why its spec is not accepted
     */
    record Unplannable(Reason reason, String message, Instant at) implements Phase {}

    /** Finished after it had been admitted. */
    record Finished(
        Execution execution, FinishReason reason, Verdict verdict, String message, Instant at)
        implements Phase {}
  }

  /**
   * A run that has started.
   *
   * @param index of the results; empty before the first step is recorded
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

    /** This execution with new progress. */
    public Execution with(Progress next) {
      return new Execution(plan, startedAt, next, targets, workers, rows, index);
    }

    /** This execution with another status of targets and workers. */
    public Execution withComponents(ComponentStatus targetsNow, ComponentStatus workersNow) {
      return new Execution(plan, startedAt, progress, targetsNow, workersNow, rows, index);
    }
  }

  /** The ConfigMap that lists the results. */
  public record IndexReference(String name, String uid) {}
}
