package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * The step in progress. What people read is flat; the groups are what the next operator goes on
 * from.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProgressStatus(
    @JsonPropertyDescription("Number of the step in progress, from 1.") Integer step,
    @JsonPropertyDescription("Steps of the plan.") Integer steps,
    @Size(max = Bounds.TARGET_NAME_LENGTH) @JsonPropertyDescription("Target of the step.")
        String target,
    @Size(max = Bounds.NAME_LENGTH) @JsonPropertyDescription("Stage of the step.") String stage,
    @JsonPropertyDescription("Share of the planned time that has passed, in percent, 0 to 100.")
        Integer percent,
    @Size(max = Bounds.DURATION_LENGTH)
        @JsonPropertyDescription("Duration that the rest of the run is expected to take.")
        String remaining,
    @JsonPropertyDescription("Requests per second of the step that was recorded last.")
        Long throughput,
    @JsonPropertyDescription("The attempts at this step.") AttemptStatus attempt,
    @JsonPropertyDescription("The worker Job.") WorkersStatus workers,
    @JsonPropertyDescription("Suspensions; absent if there were none.") SuspensionStatus suspension,
    @JsonPropertyDescription("Tries without progress; absent if there were none.")
        BackoffStatus backoff) {}
