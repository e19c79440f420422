package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The rank of a target. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RankedTarget(
    @JsonPropertyDescription("Rank of the target, from 1; targets with equal figures share one.")
        Integer rank,
    @Required
        @Size(min = 1, max = Bounds.TARGET_NAME_LENGTH)
        @JsonPropertyDescription("Name of the target.")
        String target,
    @Size(max = Bounds.NAME_LENGTH)
        @JsonPropertyDescription(
            "Its best stage: the one with the highest throughput that meets every SLO or, if"
                + " none does, the one that is closest to meeting them.")
        String stage,
    @JsonPropertyDescription("Requests per second at its best stage.") Long throughput,
    @JsonPropertyDescription(
            "Measured 99th percentile of latency at its best stage, in microseconds.")
        Long latencyP99Micros,
    @JsonPropertyDescription(
            "true if that 99th percentile is only a lower bound because requests were lost;"
                + " otherwise absent.")
        Boolean latencyP99AtLeast,
    @JsonPropertyDescription("Whether the best stage meets every SLO.") Boolean sloMet) {}
