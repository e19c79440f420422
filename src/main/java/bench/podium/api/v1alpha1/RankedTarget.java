package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A target's place. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RankedTarget(
    @JsonPropertyDescription("Its place, from 1.") Integer rank,
    @Required
        @Size(min = 1, max = Bounds.TARGET_NAME_LENGTH)
        @JsonPropertyDescription("Name of the target.")
        String target,
    @Size(max = Bounds.NAME_LENGTH)
        @JsonPropertyDescription(
            "Its best stage: the highest throughput at which it keeps every SLO or, if at none, the"
                + " nearest to them.")
        String stage,
    @JsonPropertyDescription("Requests per second at its best stage.") Long throughput,
    @JsonPropertyDescription("Measured 99th percentile of latency in that row, in microseconds.")
        Long latencyP99Micros,
    @JsonPropertyDescription(
            "true where that 99th percentile is only a lower bound, since requests were lost; else"
                + " absent.")
        Boolean latencyP99AtLeast,
    @JsonPropertyDescription("Whether that row keeps every SLO.") Boolean sloMet) {}
