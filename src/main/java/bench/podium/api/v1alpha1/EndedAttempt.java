package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An attempt at the step in progress that ended without a result. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndedAttempt(
    @Required @JsonPropertyDescription("Number of the attempt, from 1.") Integer attempt,
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription(
            "Aborted: cancelled before its start, and no worker sent a request. Discarded: it"
                + " started, or a worker sent requests; its measurements are not used.")
        String outcome,
    @JsonPropertyDescription(
            "Requests that all workers sent in it, warm-up included; absent if a worker was"
                + " lost before it reported its count.")
        Long sent,
    @Size(max = Bounds.REASON_LENGTH)
        @JsonPropertyDescription("Why it ended without a result, as text.")
        String reason) {}
