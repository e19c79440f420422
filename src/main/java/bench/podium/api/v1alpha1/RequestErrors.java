package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Errors by kind. */
public record RequestErrors(
    @JsonPropertyDescription("Connections that could not be made.") long connect,
    @JsonPropertyDescription("Reads that failed.") long read,
    @JsonPropertyDescription("Writes that failed.") long write,
    @JsonPropertyDescription("Replies later than load.timeout, or none at all.") long timeout,
    @JsonPropertyDescription("Replies with a status above 399.") long status) {}
