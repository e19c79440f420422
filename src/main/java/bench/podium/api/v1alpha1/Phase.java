package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Summary of the conditions of a run. */
public enum Phase {
  @JsonProperty("Pending")
  PENDING,
  @JsonProperty("Queued")
  QUEUED,
  @JsonProperty("Preparing")
  PREPARING,
  @JsonProperty("Running")
  RUNNING,
  @JsonProperty("Suspended")
  SUSPENDED,
  @JsonProperty("Finished")
  FINISHED
}
