package bench.podium.domain.measurement;

/** The checks that every attempt must pass before its figures are trusted. */
public enum ConsistencyCheck {
  /**
   * The counts of each engine agree with each other, and the merged counts are the workers' sums.
   */
  COUNTS_DIFFER("CountsDiffer", Effect.INCONCLUSIVE),
  /** The connections of a closed load spent nearly all of their time waiting for replies. */
  GENERATOR_SATURATED("GeneratorSaturated", Effect.INCONCLUSIVE),
  /** An open load sent its scheduled requests; those that it did not send are in no latency. */
  RATE_MISSED("RateMissed", Effect.INCONCLUSIVE),
  /** The engines got the CPU time that they needed. */
  GENERATOR_STARVED("GeneratorStarved", Effect.INCONCLUSIVE),
  /** The clocks of the workers' nodes are synchronised well enough to compare their times. */
  CLOCK_NOT_SYNCHRONISED("ClockNotSynchronised", Effect.INCONCLUSIVE),
  /** All samples of the target's collectors in the measured part are available. */
  SAMPLES_LOST("SamplesLost", Effect.INCONCLUSIVE),
  /** Every worker has reported its result. */
  WORKER_MISSING("WorkerMissing", Effect.DISCARDS_ATTEMPT),
  /** All workers started together. */
  START_SKEW("StartSkew", Effect.DISCARDS_ATTEMPT),
  /** The target did not restart between the scheduling of the attempt and the end of its load. */
  TARGET_RESTARTED("TargetRestarted", Effect.DISCARDS_ATTEMPT);

  private final String reason;
  private final Effect effect;

  ConsistencyCheck(String reason, Effect effect) {
    this.reason = reason;
    this.effect = effect;
  }

  /** The spelling in the status of a run. */
  public String reason() {
    return reason;
  }

  public Effect effect() {
    return effect;
  }

  /** What a violation means for the attempt. */
  public enum Effect {
    /** It is discarded and repeated, as long as the run's limits allow. */
    DISCARDS_ATTEMPT,
    /** It is recorded with an inconclusive verdict; repeating it would not help. */
    INCONCLUSIVE
  }
}
