package bench.podium.domain.evaluation;

/** What to bear in mind when reading the figures of a row that is trusted all the same. */
public enum Warning {
  /** Target and workers shared the cores of a node: its figures compare, they are no capacity. */
  SHARED_CORES("SharedCores"),
  /** An SLO is missed. */
  SLO_MISSED("SLOMissed"),
  /** The generator sent requests late, by more than it may for its latencies to be the target's. */
  SEND_DELAYED("SendDelayed"),
  /** There are no repetitions: each figure is from one measurement. */
  SINGLE_RUN("SingleRun");

  private final String text;

  Warning(String text) {
    this.text = text;
  }

  /** As it stands in a row of the status. */
  public String text() {
    return text;
  }
}
