package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One load, held for a time. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.connections) != has(self.rate)",
    message =
        "set exactly one of connections (engine Wrk, a closed load) and rate (engine Vegeta, an open"
            + " load)")
@ValidationRule(
    value = "!has(self.rampTo) || has(self.rate)",
    message = "rampTo is where a rate ends: set rate, too, where it begins")
@ValidationRule(
    value = "!has(self.probe) || has(self.connections)",
    message =
        "probe stands beside connections; a stage with a rate has figures by the second already")
public record StageSpec(
    @Required
        @Size(min = 1, max = Bounds.NAME_LENGTH)
        @Pattern(Bounds.LABEL)
        @ValidationRule(
            value = Bounds.IS_LABEL,
            message =
                "a stage's name begins with a letter and has a-z, 0-9 and - only, none at its end, as in c64")
        @JsonPropertyDescription(
            "Unique in the run; a DNS label that begins with a letter, at most 40 characters.")
        String name,
    @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription(
            "With engine Wrk: connections held open, in total over all workers, 1 to 1000000, a"
                + " multiple of workers x threads and at most 19000 a worker.")
        Integer connections,
    @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription(
            "With engine Vegeta: requests per second, in total over all workers, 1 to 1000000 and at"
                + " least as many as workers. They are sent whether the target keeps up or not.")
        Integer rate,
    @Min(1)
        @Max(1_000_000)
        @ValidationRule(
            value = "self > 0",
            message = "a rate ends at 1 or more: leave rampTo out for one that stays")
        @JsonPropertyDescription(
            "Requests per second at the end of the stage: the rate changes evenly from rate to it, 1"
                + " to 1000000. Default: the rate stays.")
        Integer rampTo,
    @JsonPropertyDescription(
            "With engine Wrk: a low open stream beside the load, for figures by the second. Default:"
                + " none.")
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
            "Duration of the measured part in whole seconds, 1s to 168h, without warm-up.")
        String duration) {}
