package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Attempts at the step in work before those that are listed one by one. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EarlierAttemptsStatus(
    @JsonPropertyDescription("How many.") Integer attempts,
    @JsonPropertyDescription("Requests that they are known to have sent.") Long sent,
    @JsonPropertyDescription("Those among them of which a worker did not say what it sent.")
        Integer unknown) {}
