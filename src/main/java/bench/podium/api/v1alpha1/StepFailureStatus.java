package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** What ends the step in work without a result, once its last attempt sends nothing any more. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StepFailureStatus(
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription("Reason of the target's rows; absent where the run ends.")
        String targetReason,
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription("Reason of the run's end; absent where only the target ends.")
        String runReason,
    @Size(max = Bounds.WORD_LENGTH) @JsonPropertyDescription("Verdict of a run that ends.")
        String verdict,
    @Size(max = Bounds.MESSAGE_LENGTH) @JsonPropertyDescription("The reason for people.")
        String message,
    @JsonPropertyDescription("Restarts of the target's containers.") Integer restarts,
    @JsonPropertyDescription("Ends of them for want of memory.") Integer oomKills) {}
