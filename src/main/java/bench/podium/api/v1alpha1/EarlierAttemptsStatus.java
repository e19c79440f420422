package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Totals of the attempts at the step in progress that are no longer listed one by one. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EarlierAttemptsStatus(
    @JsonPropertyDescription("Number of these attempts.") Integer attempts,
    @JsonPropertyDescription("Requests that they are known to have sent.") Long sent,
    @JsonPropertyDescription(
            "Number of these attempts in which at least one worker did not report how many"
                + " requests it sent.")
        Integer unknown) {}
