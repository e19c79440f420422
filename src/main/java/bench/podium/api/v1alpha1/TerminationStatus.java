package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The current attempt, which was aborted, while a worker may still be sending its load. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TerminationStatus(
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription(
            "Abort: not all workers armed in time. Discard: the attempt cannot be used."
                + " Abandon: the run does not need it any more.")
        String kind,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription("Start of the attempt (T0), RFC 3339; it may be in the future.")
        String startAt,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "When its load has ended even on a worker that cannot be reached, RFC 3339.")
        String loadUntil,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription("When it was aborted, discarded or abandoned, RFC 3339.")
        String givenUpAt,
    @JsonPropertyDescription("Generation of the worker Job whose workers may send its load.")
        Integer generation,
    @Size(max = Bounds.MESSAGE_LENGTH)
        @JsonPropertyDescription("Why it was aborted, discarded or abandoned, as text.")
        String reason,
    @Size(max = Bounds.WORKERS)
        @JsonPropertyDescription(
            "Workers whose load is known to have ended, while that of others may still go on.")
        List<WorkerSent> sent) {

  public TerminationStatus {
    sent = Defaults.list(sent);
  }

  /** Number of requests that one worker sent. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record WorkerSent(
      @JsonPropertyDescription("Index of the worker, from 0.") Integer worker,
      @JsonPropertyDescription("Requests that it sent, warm-up included.") Long sent) {}
}
