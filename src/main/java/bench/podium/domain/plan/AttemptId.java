package bench.podium.domain.plan;

import java.util.Comparator;

/** Which try of which step; a worker runs each at most once, and only ever a higher one. */
public record AttemptId(int step, int attempt) implements Comparable<AttemptId> {

  private static final Comparator<AttemptId> ORDER =
      Comparator.comparingInt(AttemptId::step).thenComparingInt(AttemptId::attempt);

  @Override
  public int compareTo(AttemptId other) {
    return ORDER.compare(this, other);
  }
}
