package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** The worker Job of a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkersStatus(
    @JsonPropertyDescription(
            "Generation of the worker Job, from 1: if a worker is lost, the next generation"
                + " replaces all of them.")
        Integer generation,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "Since when the run has been waiting for its workers, RFC 3339; absent once all of"
                + " them have armed.")
        String waitingForWorkersSince,
    @JsonPropertyDescription(
            "Worker Jobs that were lost before a start since then; each lengthens the next"
                + " wait.")
        Integer lostGenerations) {}
