package bench.podium.domain.plan;

/** A service level objective: the maximum of a figure of each row. */
public sealed interface Slo {

  /**
   * Maximum of a latency figure.
   *
   * @param maxMicros in microseconds; the figure may equal it
   */
  record Latency(LatencyFigure figure, long maxMicros) implements Slo {}

  /**
   * Maximum of the ratio of errors of every kind to sent requests.
   *
   * @param maxPartsPerMillion errors per million sent requests; the ratio may equal it
   */
  record ErrorRatio(long maxPartsPerMillion) implements Slo {}

  /**
   * Maximum share of their time in which the connections of a closed load waited for replies that
   * took longer than the timeout or never came. It is not part of the error ratio.
   *
   * @param maxPartsPerMillion parts per million of connections x duration; the ratio may equal it
   * @param implied whether it is the default and not in the spec
   */
  record StalledRatio(long maxPartsPerMillion, boolean implied) implements Slo {

    /** The default for closed loads: 1 %. */
    public static final StalledRatio IMPLIED = new StalledRatio(10_000, true);
  }

  /** The latency figures of a row. */
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
