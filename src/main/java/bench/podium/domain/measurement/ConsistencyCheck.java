package bench.podium.domain.measurement;

/** What must hold of every attempt before its figures are published. */
public enum ConsistencyCheck {
  /** The engine's own identities, and that the merged counts are the sum of the workers'. */
  COUNTS_DIFFER("CountsDiffer", Effect.INCONCLUSIVE),
  /** A closed load's connections wait for replies and for hardly anything else. */
  GENERATOR_SATURATED("GeneratorSaturated", Effect.INCONCLUSIVE),
  /** An open load sent what it was to send; what it did not is in no latency. */
  RATE_MISSED("RateMissed", Effect.INCONCLUSIVE),
  /** The engines had the CPU time that they asked for. */
  GENERATOR_STARVED("GeneratorStarved", Effect.INCONCLUSIVE),
  /** Clocks of several nodes can only be compared within their errors. */
  CLOCK_NOT_SYNCHRONISED("ClockNotSynchronised", Effect.INCONCLUSIVE),
  /** All that the target's collectors saw of the measured part is there. */
  SAMPLES_LOST("SamplesLost", Effect.INCONCLUSIVE),
  /** Every worker's result is there. */
  WORKER_MISSING("WorkerMissing", Effect.DISCARDS_ATTEMPT),
  /** All workers began together. */
  START_SKEW("StartSkew", Effect.DISCARDS_ATTEMPT),
  /** The target lived from the time the step was armed until its last result. */
  TARGET_RESTARTED("TargetRestarted", Effect.DISCARDS_ATTEMPT);

  private final String reason;
  private final Effect effect;

  ConsistencyCheck(String reason, Effect effect) {
    this.reason = reason;
    this.effect = effect;
  }

  /** As it stands in a run's status. */
  public String reason() {
    return reason;
  }

  public Effect effect() {
    return effect;
  }

  /** What a violation means for the attempt. */
  public enum Effect {
    /** It is repeated, as long as the run's limits allow. */
    DISCARDS_ATTEMPT,
    /** It is recorded and not to be trusted; repeating would not help. */
    INCONCLUSIVE
  }
}
