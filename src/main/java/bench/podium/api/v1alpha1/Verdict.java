package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The verdict of a row or a run, from best to worst. */
public enum Verdict {
  @JsonProperty("Passed")
  PASSED,
  @JsonProperty("Failed")
  FAILED,
  @JsonProperty("Inconclusive")
  INCONCLUSIVE,
  @JsonProperty("Error")
  ERROR
}
