package bench.podium.domain.evaluation;

import java.util.Collection;
import java.util.Comparator;

/** The verdict of a run or a row, from best to worst. */
public enum Verdict {
  /** The figures can be trusted, and every SLO is met. */
  PASSED("Passed"),
  /** The figures can be trusted, and an SLO is missed. */
  FAILED("Failed"),
  /** Measured, but the figures cannot be trusted, or do not decide an SLO. */
  INCONCLUSIVE("Inconclusive"),
  /** Not measured. */
  ERROR("Error");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** The spelling in the API and in metric labels. */
  public String text() {
    return text;
  }

  /** The verdict of a run: that of its worst row; {@code ERROR} without rows. */
  public static Verdict worst(Collection<Verdict> verdicts) {
    return verdicts.stream().max(Comparator.naturalOrder()).orElse(ERROR);
  }
}
