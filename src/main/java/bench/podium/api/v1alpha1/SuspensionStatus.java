package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** The suspensions of a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SuspensionStatus(
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "Since when the run is suspended or queued again, RFC 3339; absent while it runs.")
        String since,
    @Size(max = Bounds.DURATION_LENGTH)
        @JsonPropertyDescription("Total duration of earlier suspensions; it extends the deadline.")
        String total) {}
