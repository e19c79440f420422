package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A service level objective: the maximum of a metric in every row. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!(self.metric in ['ErrorRatio', 'StalledRatio']) || self.max.matches('"
            + Bounds.PERCENTAGE
            + "')",
    fieldPath = ".max",
    message = "the max of a ratio is a percentage from 0% to 100%, as in 0.1%")
@ValidationRule(
    value =
        "self.metric in ['ErrorRatio', 'StalledRatio'] || self.max.matches('"
            + Bounds.LATENCY
            + "')",
    fieldPath = ".max",
    message = "the max of a latency is a duration in s, ms or us, as in 25ms")
@ValidationRule(
    value = "self.metric in ['ErrorRatio', 'StalledRatio'] || self.max.matches('[1-9]')",
    fieldPath = ".max",
    message = "the max of a latency must be above zero, as in 25ms")
public record SloSpec(
    @Required
        @JsonPropertyDescription(
            "LatencyMean, LatencyP50, LatencyP90, LatencyP95, LatencyP99, LatencyP999 or"
                + " LatencyMax: as in latencyMicros. ErrorRatio: errors of every kind / requests"
                + " sent. StalledRatio, of a closed load (connections): the time that connections"
                + " waited for replies that took longer than load.timeout or never came /"
                + " (connections x duration).")
        Metric metric,
    @Required
        @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @JsonPropertyDescription(
            "Maximum that the metric may reach: a duration, as in 25ms or 800us, for a latency;"
                + " a percentage, as in 0.1%, for a ratio.")
        String max) {}
