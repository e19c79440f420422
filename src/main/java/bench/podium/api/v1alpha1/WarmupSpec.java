package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Load before a step that is not recorded. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WarmupSpec(
    @Required
        @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @Pattern(Bounds.DURATION)
        @ValidationRule(
            value =
                Bounds.IF_DURATION
                    + "duration(self).getMilliseconds() % 1000 == 0 && duration(self) >="
                    + " duration('1s') &&"
                    + " duration(self) <= duration('24h')",
            message =
                "a warm-up's duration must be whole seconds from 1s to 24h, as in 60s; leave warmup out"
                    + " for none")
        @JsonPropertyDescription(
            "Duration in whole seconds, 1s to 24h, for which the stage's load is sent before"
                + " each step.")
        String duration) {}
