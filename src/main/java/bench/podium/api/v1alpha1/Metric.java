package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The metrics that an SLO may limit. */
public enum Metric {
  @JsonProperty("LatencyMean")
  LATENCY_MEAN,
  @JsonProperty("LatencyP50")
  LATENCY_P50,
  @JsonProperty("LatencyP90")
  LATENCY_P90,
  @JsonProperty("LatencyP95")
  LATENCY_P95,
  @JsonProperty("LatencyP99")
  LATENCY_P99,
  @JsonProperty("LatencyP999")
  LATENCY_P999,
  @JsonProperty("LatencyMax")
  LATENCY_MAX,
  @JsonProperty("ErrorRatio")
  ERROR_RATIO,
  @JsonProperty("StalledRatio")
  STALLED_RATIO
}
