package bench.podium.domain.plan;

/** The load engines that a run can use. */
public enum EngineKind {
  /** Applies a closed load. */
  WRK,
  /** Applies an open load. */
  VEGETA
}
