package bench.podium.domain.plan;

/** The load engines that a run may name. */
public enum EngineKind {
  /** A closed load. */
  WRK,
  /** An open load. */
  VEGETA
}
