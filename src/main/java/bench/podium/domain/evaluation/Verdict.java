package bench.podium.domain.evaluation;

import java.util.Collection;
import java.util.Comparator;

/** What a run or a row amounts to, from best to worst. */
public enum Verdict {
  /** Trusted, and every SLO is met. */
  PASSED("Passed"),
  /** Trusted, and an SLO is missed. */
  FAILED("Failed"),
  /** Measured, and not to be trusted. */
  INCONCLUSIVE("Inconclusive"),
  /** Could not be measured. */
  ERROR("Error");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** As it stands in the API and in metric labels. */
  public String text() {
    return text;
  }

  /** A run is as good as its worst row; one without rows could not be measured. */
  public static Verdict worst(Collection<Verdict> verdicts) {
    return verdicts.stream().max(Comparator.naturalOrder()).orElse(ERROR);
  }
}
