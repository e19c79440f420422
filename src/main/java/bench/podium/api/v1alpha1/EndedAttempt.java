package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An attempt at the step in work that is over. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndedAttempt(
    @Required @JsonPropertyDescription("Number of the attempt, from 1.") Integer attempt,
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription(
            "Aborted: given up before its start, and no worker sent anything. Discarded: it was"
                + " started or a worker sent, and counts for nothing.")
        String outcome,
    @JsonPropertyDescription(
            "Requests that all workers sent in it, warm-up included; absent where a worker was lost"
                + " before it said so.")
        Long sent,
    @Size(max = Bounds.REASON_LENGTH) @JsonPropertyDescription("Why, for people.") String reason) {}
