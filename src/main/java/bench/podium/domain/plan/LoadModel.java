package bench.podium.domain.plan;

/**
 * How load is applied.
 *
 * <p>A closed load keeps a number of connections and sends the next request after each reply; an
 * open load keeps a rate, however slow the target is. Their latencies answer different questions
 * and are never compared with each other.
 */
public sealed interface LoadModel {

  /**
   * A closed load.
   *
   * @param connections in total over all workers, at least 1
   */
  record Closed(int connections) implements LoadModel {
    public Closed {
      requirePositive("connections", connections);
    }
  }

  /**
   * An open load: requests per second, in total over all workers, at least 1.
   *
   * @param from at the start
   * @param to at the end; equal to {@code from} for a constant rate
   */
  record Open(int from, int to) implements LoadModel {
    public Open {
      requirePositive("rate", from);
      requirePositive("rate at the end", to);
    }

    /** Requests per second on average. */
    public double mean() {
      return (from + (double) to) / 2;
    }
  }

  /** The share of one of {@code workers} workers; a remainder of connections is dropped. */
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
