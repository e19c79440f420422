package bench.podium.domain.plan;

/** A service level objective: a bound that each row meets or misses. */
public sealed interface Slo {

  /**
   * @param maxMicros the figure may equal it
   */
  record Latency(LatencyFigure figure, long maxMicros) implements Slo {}

  /**
   * @param maxPartsPerMillion errors in a million sent requests; the ratio may equal it
   */
  record ErrorRatio(long maxPartsPerMillion) implements Slo {}

  /**
   * Of a closed load: for how much of their time its connections waited for replies that took
   * longer than the timeout, or never came. No part of the error ratio.
   *
   * @param maxPartsPerMillion of connections x duration; the ratio may equal it
   * @param implied the spec does not say it
   */
  record StalledRatio(long maxPartsPerMillion, boolean implied) implements Slo {

    /** Of each closed load whose spec says nothing else: 1 %. */
    public static final StalledRatio IMPLIED = new StalledRatio(10_000, true);
  }

  /** The figures of a latency distribution that a row publishes. */
  enum LatencyFigure {
    MEAN,
    P50,
    P90,
    P95,
    P99,
    P999,
    MAX
  }
}
