package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The attempts at the step in progress: the current one, and the history of earlier ones. */
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
            "Earliest start of the next attempt, RFC 3339: the end of the previous step plus"
                + " load.cooldown.")
        String notBefore,
    @JsonPropertyDescription(
            "Attempts at this step that were aborted before any worker sent a request; they do not"
                + " count against limits.attempts.")
        Integer abortedAttempts,
    @JsonPropertyDescription(
            "Attempts at this step that were discarded. They count against limits.attempts.")
        Integer discardedAttempts,
    @JsonPropertyDescription(
            "Attempts at this step that were aborted too late, when a worker had already sent"
                + " requests: they are discarded and do not count against limits.attempts.")
        Integer uncountedDiscards,
    @JsonPropertyDescription(
            "First value of @{seq} in the current attempt or, if none is in progress, in the"
                + " next one: larger than every value that the run has used before.")
        Long nextSequence,
    @JsonPropertyDescription(
            "The aborted or discarded attempt whose load a worker may still be sending; the"
                + " next attempt waits until it has ended.")
        TerminationStatus termination,
    @JsonPropertyDescription(
            "Why this step ends without a result; it ends as soon as no worker sends load.")
        StepFailureStatus stepFailure,
    @Size(max = 16)
        @JsonPropertyDescription(
            "Attempts at this step that ended without a result, newest last. Those of a"
                + " recorded step are stored with its data.")
        List<EndedAttempt> history,
    @JsonPropertyDescription("Totals of the attempts before those in history.")
        EarlierAttemptsStatus earlier) {

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public AttemptStatus {
    history = Defaults.list(history);
  }

  /** Reads the status of an earlier version, which wrote the number of the attempt alone. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static AttemptStatus ofEarlierVersion(int number) {
    return new AttemptStatus(
        number, null, null, null, null, null, null, null, null, null, null, null, null);
  }
}
