package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A load that is applied for a duration. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.connections) != has(self.rate)",
    message =
        "set exactly one of connections (engine Wrk, a closed load) and rate (engine Vegeta, an open"
            + " load)")
@ValidationRule(
    value = "!has(self.rampTo) || has(self.rate)",
    message = "rampTo is the rate at the end of the stage: set rate, too, for its beginning")
@ValidationRule(
    value = "!has(self.probe) || has(self.connections)",
    message =
        "probe needs connections: leave it out, a stage with a rate has per-second figures"
            + " already")
public record StageSpec(
    @Required
        @Size(min = 1, max = Bounds.NAME_LENGTH)
        @Pattern(Bounds.LABEL)
        @ValidationRule(
            value = Bounds.IS_LABEL,
            message =
                "a stage's name must begin with a letter, contain only a-z, 0-9 and -, and not end"
                    + " with -, as in c64")
        @JsonPropertyDescription(
            "Name of the stage, unique in the run: a DNS label that begins with a letter, at"
                + " most 40 characters.")
        String name,
    @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription(
            "Engine Wrk: number of open connections, in total over all workers, 1 to 1000000; a"
                + " multiple of workers x threads, and at most 19000 per worker.")
        Integer connections,
    @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription(
            "Engine Vegeta: requests per second, in total over all workers, 1 to 1000000 and at"
                + " least 1 per worker. They are sent at this rate even if the target does not keep"
                + " up.")
        Integer rate,
    @Min(1)
        @Max(1_000_000)
        @ValidationRule(
            value = "self > 0",
            message = "rampTo must be at least 1: leave it out for a constant rate")
        @JsonPropertyDescription(
            "Engine Vegeta: requests per second at the end of the stage, 1 to 1000000; the rate"
                + " changes linearly from rate to rampTo. Default: the rate is constant.")
        Integer rampTo,
    @JsonPropertyDescription(
            "Engine Wrk: a low open load in addition to the connections, for per-second"
                + " figures. Default: none.")
        ProbeSpec probe,
    @Required
        @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @Pattern(Bounds.DURATION)
        @ValidationRule(
            value =
                Bounds.IF_DURATION
                    + "duration(self).getMilliseconds() % 1000 == 0 && duration(self) >="
                    + " duration('1s') &&"
                    + " duration(self) <= duration('168h')",
            message = "a stage's duration must be whole seconds from 1s to 168h, as in 30s")
        @JsonPropertyDescription(
            "Duration of the measured part in whole seconds, 1s to 168h; the warm-up comes"
                + " before it.")
        String duration) {}
