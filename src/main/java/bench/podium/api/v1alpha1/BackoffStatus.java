package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** Why and since when a run has released its slot because it made no progress. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record BackoffStatus(
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "When the run released its slot because it made no progress, RFC 3339; absent while"
                + " it runs. The deadline is not extended.")
        String since,
    @JsonPropertyDescription(
            "Consecutive tries without progress. The next try follows after 1, 2, 4, 8, 16,"
                + " then every 30 minutes.")
        Integer tries,
    @Size(max = Bounds.MESSAGE_LENGTH)
        @JsonPropertyDescription("Why the last try made no progress.")
        String cause) {}
