package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A distribution of latency by its figures. */
public record LatencyMicros(
    @JsonPropertyDescription("Mean, in microseconds.") long mean,
    @JsonPropertyDescription("Median, in microseconds.") long p50,
    @JsonPropertyDescription("90th percentile, in microseconds.") long p90,
    @JsonPropertyDescription("99th percentile, in microseconds.") long p99,
    @JsonPropertyDescription("99.9th percentile, in microseconds.") long p999,
    @JsonPropertyDescription("Largest, in microseconds.") long max) {}
