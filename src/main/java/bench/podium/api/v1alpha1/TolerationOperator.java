package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a toleration matches a taint. */
public enum TolerationOperator {
  @JsonProperty("Equal")
  EQUAL,
  @JsonProperty("Exists")
  EXISTS
}
