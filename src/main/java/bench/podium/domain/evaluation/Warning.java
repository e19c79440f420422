package bench.podium.domain.evaluation;

/** A restriction on the use of figures that are trusted nevertheless. */
public enum Warning {
  /** Target and workers shared cores: the figures can be compared, but do not measure capacity. */
  SHARED_CORES("SharedCores"),
  /** An SLO is missed. */
  SLO_MISSED("SLOMissed"),
  /** The generator sent requests so late that it may have caused the latencies. */
  SEND_DELAYED("SendDelayed"),
  /** Steps are not repeated: each figure comes from a single measurement. */
  SINGLE_RUN("SingleRun");

  private final String text;

  Warning(String text) {
    this.text = text;
  }

  /** The spelling in the status. */
  public String text() {
    return text;
  }
}
