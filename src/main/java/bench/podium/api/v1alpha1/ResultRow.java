package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The figures of one stage against one target; without figures if it could not be measured. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ResultRow(
    @Required
        @Size(min = 1, max = Bounds.TARGET_NAME_LENGTH)
        @JsonPropertyDescription("Name of the target.")
        String target,
    @Required
        @Size(min = 1, max = Bounds.NAME_LENGTH)
        @JsonPropertyDescription("Name of the stage.")
        String stage,
    @JsonPropertyDescription("Replies received, exact.") Long requests,
    @JsonPropertyDescription(
            "Replies within load.timeout with a status up to 399: at least so many, since a late reply"
                + " may have had one of the statuses above. Without one, a row never passes and is not"
                + " ranked.")
        Long goodReplies,
    @JsonPropertyDescription("Requests sent, exact.") Long sent,
    @JsonPropertyDescription("Measured time in milliseconds, of the worker that took longest.")
        Long durationMillis,
    @JsonPropertyDescription("Requests per second: the sum over workers of requests / duration.")
        Long throughput,
    @JsonPropertyDescription(
            "Requests per second that an open load was to send, on average; absent for a closed"
                + " load.")
        Long intendedRate,
    @JsonPropertyDescription(
            "Latency in microseconds: of a closed load (connections) as measured, of an open load"
                + " (rate) from when each request should have gone. Lost requests are among it: see"
                + " atLeast.")
        LatencyMicros latencyMicros,
    @JsonPropertyDescription(
            "Latency of a closed load as the engine prints it, corrected for coordinated omission,"
                + " in microseconds.")
        LatencyMicros correctedLatencyMicros,
    @JsonPropertyDescription("Errors by kind.") RequestErrors errors,
    @JsonPropertyDescription(
            "CPU time, memory and threads of the target. Absent for stages of about"
                + " 2 seconds or less.")
        UsageStatus usage,
    @JsonPropertyDescription("How simultaneously the workers started.") StartStatus start,
    @JsonPropertyDescription("How well the load generator did its own part.")
        GeneratorStatus generator,
    @JsonPropertyDescription("How much the figures varied from second to second.")
        StabilityStatus stability,
    @JsonPropertyDescription("Restarts of the target's containers since it was deployed.")
        Integer restarts,
    @JsonPropertyDescription(
            "Ends of the target's containers for want of memory (OOMKilled), of the last two of"
                + " each: Kubernetes remembers no more.")
        Integer oomKills,
    @JsonPropertyDescription("Attempts that were made, aborted ones not counted.") Integer attempts,
    @Size(max = 16) @JsonPropertyDescription("consistency checks that the figures break.")
        List<Violation> violations,
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription("Measured, or why this row has no figures.")
        String reason,
    @Size(max = Bounds.MESSAGE_LENGTH) @JsonPropertyDescription("The reason for people.")
        String message,
    @Size(max = 16) @JsonPropertyDescription("What to keep in mind when reading the figures.")
        List<@Size(max = Bounds.WORD_LENGTH) String> warnings,
    @JsonPropertyDescription("Passed, Failed, Inconclusive or Error.") Verdict verdict) {

  public ResultRow {
    violations = Defaults.list(violations);
    warnings = Defaults.list(warnings);
  }
}
