package bench.podium.domain.lifecycle;

import java.util.Comparator;

/** Which try of which step; a load pod runs each at most once, and only ever a higher one. */
public record StepAttempt(int step, int attempt) implements Comparable<StepAttempt> {

  private static final Comparator<StepAttempt> ORDER =
      Comparator.comparingInt(StepAttempt::step).thenComparingInt(StepAttempt::attempt);

  @Override
  public int compareTo(StepAttempt other) {
    return ORDER.compare(this, other);
  }
}
