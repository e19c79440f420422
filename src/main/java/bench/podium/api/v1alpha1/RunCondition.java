package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A condition according to the Kubernetes API conventions, with bounds. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunCondition(
    @Required
        @Size(min = 1, max = Bounds.WORD_LENGTH)
        @Pattern("^[A-Za-z]+$")
        @JsonPropertyDescription("Type of the condition.")
        String type,
    @Required @JsonPropertyDescription("True, False or Unknown.") ConditionStatus status,
    @Required
        @Size(min = 1, max = Bounds.WORD_LENGTH)
        @Pattern("^[A-Za-z0-9]+$")
        @JsonPropertyDescription("Reason for the status, as one word for programs.")
        String reason,
    @Required
        @Size(max = Bounds.MESSAGE_LENGTH)
        @JsonPropertyDescription("Explanation of the status, as text for people.")
        String message,
    @Required
        @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription("When status last changed, RFC 3339.")
        String lastTransitionTime,
    @JsonPropertyDescription("Generation of the spec that the condition is based on.")
        Long observedGeneration) {}
