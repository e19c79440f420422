package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a run is, in one word. */
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
