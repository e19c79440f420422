package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The step in work, with all that a restarted operator needs to take it up again. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProgressStatus(
    @JsonPropertyDescription("Number of the step in work, from 1.") Integer step,
    @JsonPropertyDescription("Steps of the plan.") Integer steps,
    @JsonPropertyDescription(
            "Number of the attempt at this step, from 1; aborted attempts count in it.")
        Integer attempt,
    @Size(max = Bounds.TARGET_NAME_LENGTH) @JsonPropertyDescription("Target of the step.")
        String target,
    @Size(max = Bounds.NAME_LENGTH) @JsonPropertyDescription("Stage of the step.") String stage,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "Instant at which every worker sends its first request, RFC 3339 with microseconds.")
        String startAt,
    @JsonPropertyDescription("Done of the planned time, in percent, 0 to 100.") Integer percent,
    @Size(max = Bounds.DURATION_LENGTH)
        @JsonPropertyDescription("Duration that the rest is expected to take.")
        String remaining,
    @JsonPropertyDescription("Requests per second of the step that was recorded last.")
        Long throughput,
    @JsonPropertyDescription("Number of the workers' Job, from 1; a lost worker raises it.")
        Integer generation,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "When this step was first scheduled, RFC 3339; limits.startTimeout counts from then. A"
                + " discarded attempt sets it afresh.")
        String firstScheduledAt,
    @JsonPropertyDescription(
            "Attempts at this step that were aborted before a request was recorded; they do not"
                + " count against limits.attempts.")
        Integer abortedAttempts,
    @JsonPropertyDescription(
            "Attempts at this step that were discarded; limits.attempts bounds them.")
        Integer discardedAttempts,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription("When the current attempt was scheduled, RFC 3339.")
        String scheduledAt,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "Since when workers are awaited, RFC 3339; absent once all of them have armed.")
        String waitingForWorkersSince,
    @JsonPropertyDescription(
            "Workers' Jobs lost before a start since then; each makes the next wait longer.")
        Integer lostGenerations,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "The next step starts no earlier, RFC 3339: the end of the one before and the"
                + " cool-down.")
        String notBefore,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "Since when the run is suspended or queues again, RFC 3339; absent while it is at work.")
        String suspendedAt,
    @Size(max = Bounds.DURATION_LENGTH)
        @JsonPropertyDescription(
            "Duration of earlier suspensions together; the deadline is as much later.")
        String suspendedFor,
    @JsonPropertyDescription(
            "First number of seq placeholders in the current attempt or, if none is under way, in the"
                + " next: above all that the run has used.")
        Long nextSequence,
    @JsonPropertyDescription(
            "Attempts at this step that were aborted and in which a worker sent all the same:"
                + " discarded, and not counted against limits.attempts.")
        Integer uncountedDiscards,
    @JsonPropertyDescription(
            "The attempt that was given up, while its load may go on; the next waits for its end.")
        TerminationStatus ending,
    @JsonPropertyDescription("What ends this step without a result, as soon as no load is on.")
        StepFailureStatus stepEnd,
    @Size(max = 16)
        @JsonPropertyDescription(
            "Attempts at this step that came to nothing, the newest last. Those of a recorded step"
                + " stand with its data.")
        List<AttemptStatus> attempts,
    @JsonPropertyDescription("Attempts before those that are listed.")
        EarlierAttemptsStatus earlierAttempts,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "Since when the run has left its place to others because it made no progress, RFC 3339;"
                + " absent while it is at work. Its deadline goes on.")
        String backoffSince,
    @JsonPropertyDescription(
            "Tries that made no progress, one after the other: the next waits 1, 2, 4 ... 30 minutes.")
        Integer backoffTries,
    @Size(max = Bounds.MESSAGE_LENGTH)
        @JsonPropertyDescription("Why the last of them made no progress.")
        String backoffCause) {

  public ProgressStatus {
    attempts = Defaults.list(attempts);
  }
}
