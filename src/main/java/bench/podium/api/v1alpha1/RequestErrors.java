package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Errors by kind. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RequestErrors(
    @JsonPropertyDescription("Connections that could not be made.") long connect,
    @JsonPropertyDescription("Reads that failed.") long read,
    @JsonPropertyDescription("Writes that failed.") long write,
    @JsonPropertyDescription("Replies later than load.timeout, or none at all.") long timeout,
    @JsonPropertyDescription("Replies with a status above 399.") long status,
    @JsonPropertyDescription(
            "For how much of their time the connections of a closed load waited for replies that took"
                + " longer than load.timeout, or never came, in thousandths, rounded up: what the SLO"
                + " StalledRatio bounds. Absent for an open load, and where the engine does not show"
                + " its connections.")
        Integer connectionTimeLostPermille) {}
