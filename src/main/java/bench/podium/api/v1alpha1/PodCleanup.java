package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When the pods of a run that has ended are deleted. */
public enum PodCleanup {
  @JsonProperty("Always")
  ALWAYS,
  @JsonProperty("OnSuccess")
  ON_SUCCESS,
  @JsonProperty("Never")
  NEVER
}
