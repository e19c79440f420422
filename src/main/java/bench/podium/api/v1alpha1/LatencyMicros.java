package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Figures of a latency distribution. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LatencyMicros(
    @JsonPropertyDescription("Mean, in microseconds.") long mean,
    @JsonPropertyDescription("Median, in microseconds.") long p50,
    @JsonPropertyDescription("90th percentile, in microseconds.") long p90,
    @JsonPropertyDescription("95th percentile, in microseconds.") Long p95,
    @JsonPropertyDescription("99th percentile, in microseconds.") long p99,
    @JsonPropertyDescription("99.9th percentile, in microseconds.") long p999,
    @JsonPropertyDescription("Maximum, in microseconds.") long max,
    @Size(max = 7)
        @JsonPropertyDescription(
            "Names of these figures that are lower bounds, as in [p99, max]. A lost request,"
                + " which had no complete reply within load.timeout, counts with the time that it is"
                + " known to have waited, at least the timeout. Absent if no request was lost.")
        List<@Size(max = 8) String> atLeast) {

  public LatencyMicros {
    atLeast = Defaults.list(atLeast);
  }
}
