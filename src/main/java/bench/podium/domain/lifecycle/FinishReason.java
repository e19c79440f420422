package bench.podium.domain.lifecycle;

/** Why a run is over. */
public enum FinishReason {
  COMPLETED,
  DEADLINE_EXCEEDED,
  CANCELLED,
  /** What stands written of it cannot be gone on with. */
  ABORTED,
  ATTEMPTS_EXHAUSTED,
  TARGETS_FAILED,
  WORKERS_FAILED,
  NOT_STARTED
}
