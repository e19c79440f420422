package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a problem that affects one target only means for the run. */
public enum OnTargetFailure {
  @JsonProperty("Continue")
  CONTINUE,
  @JsonProperty("Stop")
  STOP
}
