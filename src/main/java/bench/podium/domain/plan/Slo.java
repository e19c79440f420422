package bench.podium.domain.plan;

/** A promise that a row keeps or misses. */
public sealed interface Slo {

  /**
   * @param maxMicros the figure may equal it
   */
  record Latency(LatencyFigure figure, long maxMicros) implements Slo {}

  /**
   * @param maxPartsPerMillion errors in a million sent requests; the ratio may equal it
   */
  record ErrorRatio(long maxPartsPerMillion) implements Slo {}

  /** The figures of a latency distribution that a row publishes. */
  enum LatencyFigure {
    MEAN,
    P50,
    P90,
    P99,
    P999,
    MAX
  }
}
