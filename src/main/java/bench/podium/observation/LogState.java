package bench.podium.observation;

import java.time.Instant;

/** What is taken down of a pod's log. Lines may come again, after a new attachment. */
public interface LogState {

  /**
   * Takes one line.
   *
   * @param arrival by the operator's clock
   * @return whether it says something that a decision may hang on
   */
  boolean read(String text, Instant arrival);

  /** The pod has ended: drops what is of no use any more. */
  void close();

  /** Whether the last line is here. */
  boolean stopped();
}
