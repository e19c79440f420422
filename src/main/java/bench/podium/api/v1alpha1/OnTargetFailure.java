package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What one target's own failure means for the others. */
public enum OnTargetFailure {
  @JsonProperty("Continue")
  CONTINUE,
  @JsonProperty("Stop")
  STOP
}
