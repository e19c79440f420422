package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How simultaneously the workers of a step started. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StartStatus(
    @JsonPropertyDescription(
            "Microseconds between the first requests of the earliest and of the latest worker.")
        Long skewMicros,
    @JsonPropertyDescription(
            "Uncertainty of skewMicros in microseconds: the error of the nodes' clocks.")
        Long skewErrorMicros) {}
