package bench.podium.domain.lifecycle;

/** Why a run is over. */
public enum FinishReason {
  COMPLETED,
  DEADLINE_EXCEEDED,
  CANCELLED,
  ATTEMPTS_EXHAUSTED,
  TARGETS_FAILED,
  WORKERS_FAILED,
  NOT_STARTED
}
