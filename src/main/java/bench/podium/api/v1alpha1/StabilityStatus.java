package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How much the figures of a step varied from second to second. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StabilityStatus(
    @JsonPropertyDescription(
            "Standard deviation of the 99th percentiles of all seconds, in microseconds. Absent"
                + " for Wrk without a probe, and for stages longer than 10 minutes.")
        Long p99JitterMicros,
    @JsonPropertyDescription(
            "Share of seconds, in thousandths, whose 99th percentile is above three times the"
                + " median of all seconds and above the limit of the SLO, or in which a closed load"
                + " had no reply at all. Wrk without a probe shows only the latter.")
        Integer spikePermille) {}
