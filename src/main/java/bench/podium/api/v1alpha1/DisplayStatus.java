package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** Figures formatted for printer columns. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DisplayStatus(
    @Size(max = Bounds.TARGET_NAME_LENGTH)
        @JsonPropertyDescription("Name of the target with rank 1.")
        String best,
    @Size(max = 16) @JsonPropertyDescription("Its throughput at its best stage, as in 68.3k/s.")
        String throughput,
    @Size(max = 16)
        @JsonPropertyDescription(
            "Its measured 99th percentile of latency at that stage, as in 21.4ms.")
        String p99,
    @Size(max = 16) @JsonPropertyDescription("Recorded steps / steps of the plan, as in 7/10.")
        String step) {}
