package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** Why the step in progress ends without a result once its last attempt sends no more load. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StepFailureStatus(
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription("Reason of the target's rows; absent if the run ends.")
        String targetReason,
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription("Reason for the end of the run; absent if only the target fails.")
        String runReason,
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription("Verdict of the run; absent if only the target fails.")
        String verdict,
    @Size(max = Bounds.MESSAGE_LENGTH)
        @JsonPropertyDescription("Explanation of the reason, as text.")
        String message,
    @JsonPropertyDescription("Restarts of the target's containers.") Integer restarts,
    @JsonPropertyDescription(
            "Terminations of the target's containers because of memory (OOMKilled).")
        Integer oomKills) {}
