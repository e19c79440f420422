package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A consistency check that the figures of a row violate. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Violation(
    @Required
        @Size(min = 1, max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription("Name of the check.")
        String check,
    @Size(max = Bounds.MESSAGE_LENGTH)
        @JsonPropertyDescription("Figures that violate the check, as text.")
        String message) {}
