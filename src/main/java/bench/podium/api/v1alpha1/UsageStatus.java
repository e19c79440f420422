package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** CPU time, memory and threads of a target in the measured part of a step. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record UsageStatus(
    @JsonPropertyDescription(
            "Average CPU usage of the target in thousandths of a core, summed over its replicas.")
        Long cpuMillicores,
    @JsonPropertyDescription(
            "Maximum resident memory of the target's processes in bytes, sampled once a second;"
                + " with several replicas the sum of each replica's maximum.")
        Long memoryMaxBytes,
    @JsonPropertyDescription("Maximum number of threads of the target's processes.")
        Integer threadsMax,
    @JsonPropertyDescription(
            "Replies per second of CPU time that the target used: the figure that is distorted"
                + " least when target and workers share a machine.")
        Long requestsPerCpuSecond) {}
