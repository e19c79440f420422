package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/**
 * The step in progress. Fields for people are flat; the groups are the state from which an operator
 * continues after a restart.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProgressStatus(
    @JsonPropertyDescription("Number of the step in progress, from 1.") Integer step,
    @JsonPropertyDescription("Number of steps of the plan.") Integer steps,
    @Size(max = Bounds.TARGET_NAME_LENGTH)
        @JsonPropertyDescription("Name of the target of the step.")
        String target,
    @Size(max = Bounds.NAME_LENGTH) @JsonPropertyDescription("Name of the stage of the step.")
        String stage,
    @JsonPropertyDescription("Share of the planned duration that has passed, in percent, 0 to 100.")
        Integer percent,
    @Size(max = Bounds.DURATION_LENGTH)
        @JsonPropertyDescription("Expected duration of the rest of the run.")
        String remaining,
    @JsonPropertyDescription("Requests per second of the step recorded last.") Long throughput,
    @JsonPropertyDescription("The attempts at this step.") AttemptStatus attempt,
    @JsonPropertyDescription("The worker Job of the run.") WorkersStatus workers,
    @JsonPropertyDescription("Suspensions of the run; absent if there were none.")
        SuspensionStatus suspension,
    @JsonPropertyDescription("Tries without progress; absent if there were none.")
        BackoffStatus backoff) {}
