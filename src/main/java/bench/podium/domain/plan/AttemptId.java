package bench.podium.domain.plan;

import java.util.Comparator;

/**
 * Identifies an attempt. A worker runs each attempt at most once, and only in ascending order.
 *
 * @param step index of the step in the plan, from 0
 * @param attempt number within the step, from 1
 */
public record AttemptId(int step, int attempt) implements Comparable<AttemptId> {

  private static final Comparator<AttemptId> ORDER =
      Comparator.comparingInt(AttemptId::step).thenComparingInt(AttemptId::attempt);

  @Override
  public int compareTo(AttemptId other) {
    return ORDER.compare(this, other);
  }
}
