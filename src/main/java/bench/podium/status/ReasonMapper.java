package bench.podium.status;

import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.observation.Problem;

/** Maps enums of the domain to those of the API. */
public final class ReasonMapper {

  private ReasonMapper() {}

  /** Reason of a problem of a worker. */
  public static Reason workerReason(Problem.Kind kind) {
    return switch (kind) {
      case IMAGE_PULL_FAILED -> Reason.IMAGE_PULL_FAILED;
      case UNSCHEDULABLE -> Reason.UNSCHEDULABLE;
      case FORBIDDEN, INVALID, RESERVED_USER, NAME_TAKEN -> Reason.FORBIDDEN;
      case OOM_KILLED -> Reason.WORKER_OOM_KILLED;
      case NOT_READY, NOT_ARMED -> Reason.NOT_ARMED;
    };
  }

  /** Reason of a problem of a target. */
  public static Reason targetReason(Problem.Kind kind) {
    return switch (kind) {
      case IMAGE_PULL_FAILED -> Reason.IMAGE_PULL_FAILED;
      case UNSCHEDULABLE -> Reason.UNSCHEDULABLE;
      case FORBIDDEN, INVALID, RESERVED_USER, NAME_TAKEN -> Reason.FORBIDDEN;
      case OOM_KILLED, NOT_READY, NOT_ARMED -> Reason.TARGET_NOT_READY;
    };
  }

  /** Reason of a row without figures. */
  public static Reason reason(RowReason reason) {
    return switch (reason) {
      case MEASURED -> Reason.READY;
      case IMAGE_PULL_FAILED -> Reason.IMAGE_PULL_FAILED;
      case UNSCHEDULABLE -> Reason.UNSCHEDULABLE;
      case FORBIDDEN -> Reason.FORBIDDEN;
      case TARGET_NOT_READY -> Reason.TARGET_NOT_READY;
      case TARGET_RESTARTED -> Reason.TARGET_RESTARTED;
    };
  }

  static Reason reason(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> Reason.PASSED;
      case FAILED -> Reason.FAILED;
      case INCONCLUSIVE -> Reason.INCONCLUSIVE;
      case ERROR -> Reason.ERROR;
    };
  }

  /** Reason of a verdict in a stored status. */
  public static Reason reason(bench.podium.api.v1alpha1.Verdict verdict) {
    return switch (verdict) {
      case PASSED -> Reason.PASSED;
      case FAILED -> Reason.FAILED;
      case INCONCLUSIVE -> Reason.INCONCLUSIVE;
      case ERROR -> Reason.ERROR;
    };
  }

  static Reason reason(ConsistencyCheck check) {
    return switch (check) {
      case COUNTS_DIFFER -> Reason.COUNTS_DIFFER;
      case GENERATOR_SATURATED -> Reason.GENERATOR_SATURATED;
      case RATE_MISSED -> Reason.RATE_MISSED;
      case GENERATOR_STARVED -> Reason.GENERATOR_STARVED;
      case SAMPLES_LOST -> Reason.SAMPLES_LOST;
      case WORKER_MISSING -> Reason.WORKER_MISSING;
      case START_SKEW -> Reason.START_SKEW;
      case TARGET_RESTARTED -> Reason.TARGET_RESTARTED;
      case CLOCK_NOT_SYNCHRONISED -> Reason.CLOCK_NOT_SYNCHRONISED;
    };
  }

  static bench.podium.api.v1alpha1.Verdict verdict(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> bench.podium.api.v1alpha1.Verdict.PASSED;
      case FAILED -> bench.podium.api.v1alpha1.Verdict.FAILED;
      case INCONCLUSIVE -> bench.podium.api.v1alpha1.Verdict.INCONCLUSIVE;
      case ERROR -> bench.podium.api.v1alpha1.Verdict.ERROR;
    };
  }
}
