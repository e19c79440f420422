package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The load generators. */
public enum EngineName {
  @JsonProperty("Wrk")
  WRK,
  @JsonProperty("Vegeta")
  VEGETA
}
