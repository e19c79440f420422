package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** Why and since when a run has left its slot to others because it made no progress. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record BackoffStatus(
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "Since when the run has left its slot to others, RFC 3339; absent while it runs. Its"
                + " deadline does not move.")
        String since,
    @JsonPropertyDescription(
            "Consecutive tries without progress: the next waits 1, 2, 4 ... 30 minutes.")
        Integer tries,
    @Size(max = Bounds.MESSAGE_LENGTH)
        @JsonPropertyDescription("Why the last try made no progress.")
        String cause) {}
