package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A condition as the Kubernetes API conventions have it, with bounds. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunCondition(
    @Required
        @Size(min = 1, max = Bounds.WORD_LENGTH)
        @Pattern("^[A-Za-z]+$")
        @JsonPropertyDescription("What it speaks of.")
        String type,
    @Required @JsonPropertyDescription("True, False or Unknown.") ConditionStatus status,
    @Required
        @Size(min = 1, max = Bounds.WORD_LENGTH)
        @Pattern("^[A-Za-z0-9]+$")
        @JsonPropertyDescription("Why, in one word for programs.")
        String reason,
    @Required @Size(max = Bounds.MESSAGE_LENGTH) @JsonPropertyDescription("Why, for people.")
        String message,
    @Required
        @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription("When status last changed, RFC 3339.")
        String lastTransitionTime,
    @JsonPropertyDescription("The generation of the spec that it speaks of.")
        Long observedGeneration) {}
