package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Numbers of errors by kind. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RequestErrors(
    @JsonPropertyDescription("Connections that could not be established.") long connect,
    @JsonPropertyDescription("Failed reads.") long read,
    @JsonPropertyDescription("Failed writes.") long write,
    @JsonPropertyDescription("Replies that took longer than load.timeout, or never came.")
        long timeout,
    @JsonPropertyDescription("Replies with a status above 399.") long status,
    @JsonPropertyDescription(
            "Share of their time, in thousandths, rounded up, in which the connections of a"
                + " closed load waited for replies that took longer than load.timeout or never came;"
                + " the SLO StalledRatio limits it. Absent for an open load, and if the engine does"
                + " not report its connections.")
        Integer connectionTimeLostPermille) {}
