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
public record StageSpec(
    @Required
        @Size(min = 1, max = Bounds.NAME_LENGTH)
        @Pattern(Bounds.LABEL)
        @JsonPropertyDescription(
            "Unique in the run; a DNS label that begins with a letter, at most 40 characters.")
        String name,
    @Required
        @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription(
            "Connections held open, in total over all workers, 1 to 1000000, a multiple of"
                + " workers x"
                + " threads and at most 19000 a worker.")
        Integer connections,
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
