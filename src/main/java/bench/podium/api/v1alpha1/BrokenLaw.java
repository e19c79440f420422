package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A law of consistency that a row breaks. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BrokenLaw(
    @Required @Size(min = 1, max = Bounds.WORD_LENGTH) @JsonPropertyDescription("Name of the law.")
        String law,
    @Size(max = Bounds.MESSAGE_LENGTH) @JsonPropertyDescription("By which figures, for people.")
        String message) {}
