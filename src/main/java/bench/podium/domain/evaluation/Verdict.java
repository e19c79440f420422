package bench.podium.domain.evaluation;

import java.util.Collection;
import java.util.Comparator;

/** What a run or a row amounts to, from best to worst. */
public enum Verdict {
  /** Trusted, and every SLO is met. */
  PASSED,
  /** Trusted, and an SLO is missed. */
  FAILED,
  /** Measured, and not to be trusted. */
  INCONCLUSIVE,
  /** Could not be measured. */
  ERROR;

  /** A run is as good as its worst row; one without rows could not be measured. */
  public static Verdict worst(Collection<Verdict> verdicts) {
    return verdicts.stream().max(Comparator.naturalOrder()).orElse(ERROR);
  }
}
