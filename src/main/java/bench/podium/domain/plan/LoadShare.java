package bench.podium.domain.plan;

/** What one worker is told to apply. */
public sealed interface LoadShare {

  /**
   * @param count of this worker alone
   */
  record Connections(int count) implements LoadShare {}

  /**
   * Requests a second, in total over all workers: each sends every n-th of them, and knows by its
   * index which.
   *
   * @param from at the start of the measured part, and in the warm-up
   * @param to at its end; in between the rate changes evenly
   */
  record Rate(int from, int to) implements LoadShare {}
}
