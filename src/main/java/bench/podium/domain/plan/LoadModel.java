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
      requirePositive("connections", connections);
    }
  }

  /**
   * Requests a second, in total over all workers, at least 1.
   *
   * @param from at the start
   * @param to at the end; the same as {@code from}: a constant rate
   */
  record Open(int from, int to) implements LoadModel {
    public Open {
      requirePositive("rate", from);
      requirePositive("rate at the end", to);
    }

    /** Requests a second on average. */
    public double mean() {
      return (from + (double) to) / 2;
    }
  }

  /**
   * What each of so many workers is told to apply; connections that they do not divide are lost.
   */
  default LoadShare share(int workers) {
    return switch (this) {
      case Closed(int connections) -> new LoadShare.Connections(connections / workers);
      case Open(int from, int to) -> new LoadShare.Rate(from, to);
    };
  }

  private static void requirePositive(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, not " + number);
    }
  }
}
