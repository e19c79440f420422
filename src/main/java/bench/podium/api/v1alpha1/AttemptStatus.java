package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The attempts at the step in progress: the current one, and what is known of those before. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AttemptStatus(
    @JsonPropertyDescription(
            "Number of the attempt at this step, from 1; aborted attempts are counted.")
        Integer number,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "Instant at which every worker sends its first request (T0), RFC 3339 with"
                + " microseconds; absent if no attempt is in progress.")
        String startAt,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription("When the current attempt was scheduled, RFC 3339.")
        String scheduledAt,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "When this step was first scheduled, RFC 3339; limits.startTimeout counts from then. A"
                + " discarded attempt resets it.")
        String firstScheduledAt,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "The next attempt starts no earlier, RFC 3339: the end of the step before plus the"
                + " cool-down.")
        String notBefore,
    @JsonPropertyDescription(
            "Attempts at this step that were aborted before any worker sent a request; they do not"
                + " count against limits.attempts.")
        Integer abortedAttempts,
    @JsonPropertyDescription(
            "Attempts at this step that were discarded; limits.attempts bounds them.")
        Integer discardedAttempts,
    @JsonPropertyDescription(
            "Attempts at this step that were to be aborted and in which a worker sent requests all"
                + " the same: discarded, and not counted against limits.attempts.")
        Integer uncountedDiscards,
    @JsonPropertyDescription(
            "First number of @{seq} placeholders in the current attempt or, if none is in progress,"
                + " in the next: above all numbers that the run has used.")
        Long nextSequence,
    @JsonPropertyDescription(
            "The attempt that was aborted or discarded, while a worker may still send its load; the"
                + " next attempt waits for it.")
        TerminationStatus termination,
    @JsonPropertyDescription(
            "What ends this step without a result, as soon as no worker sends load.")
        StepFailureStatus stepFailure,
    @Size(max = 16)
        @JsonPropertyDescription(
            "Attempts at this step that gave no result, the newest last. Those of a recorded step"
                + " are kept with its data.")
        List<EndedAttempt> history,
    @JsonPropertyDescription("Attempts before those in history.") EarlierAttemptsStatus earlier) {

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public AttemptStatus {
    history = Defaults.list(history);
  }

  /** What a version that wrote a bare number here has left: nothing but the number is known. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static AttemptStatus ofEarlierVersion(int number) {
    return new AttemptStatus(
        number, null, null, null, null, null, null, null, null, null, null, null, null);
  }
}
