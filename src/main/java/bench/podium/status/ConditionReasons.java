package bench.podium.status;

import java.util.EnumSet;
import java.util.Set;

/** The reasons that each condition of a run may have: the source of docs/reference/reasons.md. */
public final class ConditionReasons {

  private ConditionReasons() {}

  /** All reasons that this condition may have, in the order of {@link Reason}. */
  public static Set<Reason> of(ConditionType type) {
    return switch (type) {
      case ACCEPTED ->
          EnumSet.of(Reason.VALID, Reason.INVALID, Reason.DEADLINE_TOO_SHORT, Reason.UNSUPPORTED);
      case ADMITTED ->
          EnumSet.of(
              Reason.NOT_YET_KNOWN,
              Reason.ADMITTED,
              Reason.QUEUED,
              Reason.SUSPENDED,
              Reason.NO_PROGRESS,
              Reason.CANCELLED);
      case TARGETS_READY ->
          EnumSet.of(
              Reason.NOT_YET_KNOWN,
              Reason.READY,
              Reason.PENDING,
              Reason.IMAGE_PULL_FAILED,
              Reason.UNSCHEDULABLE,
              Reason.FORBIDDEN,
              Reason.TARGET_NOT_READY,
              Reason.TARGET_RESTARTED);
      case WORKERS_READY ->
          EnumSet.of(
              Reason.NOT_YET_KNOWN,
              Reason.READY,
              Reason.PENDING,
              Reason.IMAGE_PULL_FAILED,
              Reason.UNSCHEDULABLE,
              Reason.FORBIDDEN,
              Reason.NOT_ARMED,
              Reason.WORKER_OOM_KILLED);
      case FINISHED, READY, RECONCILING, STALLED ->
          EnumSet.of(
              Reason.RUNNING,
              Reason.COMPLETED,
              Reason.DEADLINE_EXCEEDED,
              Reason.CANCELLED,
              Reason.ABORTED,
              Reason.UNSUPPORTED,
              Reason.ATTEMPTS_EXHAUSTED,
              Reason.TARGETS_FAILED,
              Reason.WORKERS_FAILED,
              Reason.NOT_STARTED);
      case SUCCEEDED ->
          EnumSet.of(
              Reason.NOT_YET_KNOWN,
              Reason.PASSED,
              Reason.FAILED,
              Reason.INCONCLUSIVE,
              Reason.ERROR,
              Reason.COUNTS_DIFFER,
              Reason.GENERATOR_SATURATED,
              Reason.RATE_MISSED,
              Reason.GENERATOR_STARVED,
              Reason.SAMPLES_LOST,
              Reason.WORKER_MISSING,
              Reason.START_SKEW,
              Reason.TARGET_RESTARTED,
              Reason.CLOCK_NOT_SYNCHRONISED);
    };
  }
}
