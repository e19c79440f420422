package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The current attempt, which was given up, while its load may go on in a worker. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TerminationStatus(
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription(
            "Abort: not all workers armed in time. Discard: it cannot be used. Abandon: the run does"
                + " not need it any more.")
        String kind,
    @Size(max = Bounds.TIME_LENGTH) @JsonPropertyDescription("When it starts or started, RFC 3339.")
        String startAt,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "When its load is over even in a worker that cannot be reached, RFC 3339.")
        String loadUntil,
    @Size(max = Bounds.TIME_LENGTH) @JsonPropertyDescription("When it was given up, RFC 3339.")
        String givenUpAt,
    @JsonPropertyDescription("Number of the Job of the workers that may have it.")
        Integer generation,
    @Size(max = Bounds.MESSAGE_LENGTH) @JsonPropertyDescription("Why, for people.") String reason,
    @Size(max = Bounds.WORKERS)
        @JsonPropertyDescription("Workers whose load is known to be over while others' goes on.")
        List<WorkerSent> sent) {

  public TerminationStatus {
    sent = Defaults.list(sent);
  }

  /** What one worker sent. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record WorkerSent(
      @JsonPropertyDescription("Index of the worker, from 0.") Integer worker,
      @JsonPropertyDescription("Requests, warm-up included.") Long sent) {}
}
