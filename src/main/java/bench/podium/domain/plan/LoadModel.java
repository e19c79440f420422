package bench.podium.domain.plan;

/**
 * How load is applied.
 *
 * <p>A closed load holds connections and sends the next request when a reply came; an open load
 * holds a rate whatever the target does. Their latencies answer different questions and are never
 * compared with each other.
 */
public sealed interface LoadModel {

  /**
   * @param connections in total over all workers, at least 1
   */
  record Closed(int connections) implements LoadModel {
    public Closed {
      if (connections < 1) {
        throw new IllegalArgumentException("connections must be at least 1, not " + connections);
      }
    }
  }
}
