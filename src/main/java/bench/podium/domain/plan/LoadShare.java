package bench.podium.domain.plan;

/** The share of a load that one worker applies. */
public sealed interface LoadShare {

  /**
   * Connections of a closed load.
   *
   * @param count of this worker alone
   */
  record Connections(int count) implements LoadShare {}

  /**
   * Requests per second of an open load, in total over all workers: each worker sends every n-th
   * request, beginning with its index.
   *
   * @param from at the start of the measured part, and in the warm-up
   * @param to at its end; in between the rate changes linearly
   */
  record Rate(int from, int to) implements LoadShare {}
}
