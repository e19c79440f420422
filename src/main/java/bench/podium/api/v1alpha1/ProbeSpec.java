package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** A low open stream beside an engine that gives no figures by the second. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProbeSpec(
    @Required
        @Min(1)
        @Max(10_000)
        @ValidationRule(
            value = "self > 0",
            message = "a probe sends at least 1 request per second: leave probe out for none")
        @JsonPropertyDescription(
            "Requests per second that one worker sends beside the engine, 1 to 10000. They give"
                + " p99JitterMicros and spikePermille, and are no part of any other figure.")
        Integer rate) {}
