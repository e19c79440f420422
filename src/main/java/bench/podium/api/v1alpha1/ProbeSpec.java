package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** A low open load in addition to an engine that has no per-second figures. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProbeSpec(
    @Required
        @Min(1)
        @Max(10_000)
        @ValidationRule(
            value = "self > 0",
            message =
                "the rate of a probe must be at least 1 request per second: leave probe out for no"
                    + " probe")
        @JsonPropertyDescription(
            "Requests per second, 1 to 10000, that one worker sends in addition to the load."
                + " They provide p99JitterMicros and spikePermille, and are not part of any other"
                + " figure.")
        Integer rate) {}
