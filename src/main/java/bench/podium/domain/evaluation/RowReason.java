package bench.podium.domain.evaluation;

/** What a row's figures rest on, or why it has none. */
public enum RowReason {
  MEASURED,
  IMAGE_PULL_FAILED,
  UNSCHEDULABLE,
  FORBIDDEN,
  TARGET_NOT_READY,
  TARGET_RESTARTED
}
