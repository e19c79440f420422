package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The result of one stage at one target; without figures if it could not be measured. */
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
    @JsonPropertyDescription("Number of replies received, exact.") Long requests,
    @JsonPropertyDescription(
            "Replies within load.timeout with a status up to 399: a lower bound, since a late"
                + " reply may also have had a status above 399. A row without a good reply never"
                + " passes and is not ranked.")
        Long goodReplies,
    @JsonPropertyDescription("Number of requests sent, exact.") Long sent,
    @JsonPropertyDescription(
            "Duration of the measured part in milliseconds, of the worker that took longest.")
        Long durationMillis,
    @JsonPropertyDescription(
            "Requests per second: the sum over all workers of requests / duration.")
        Long throughput,
    @JsonPropertyDescription(
            "Average rate, in requests per second, that an open load was scheduled to send;"
                + " absent for a closed load.")
        Long intendedRate,
    @JsonPropertyDescription(
            "Latency in microseconds: of a closed load (connections) as measured, of an open"
                + " load (rate) from the time at which each request was scheduled. Lost requests are"
                + " included: see atLeast.")
        LatencyMicros latencyMicros,
    @JsonPropertyDescription(
            "Latency of a closed load in microseconds as reported by the engine, corrected for"
                + " coordinated omission.")
        LatencyMicros correctedLatencyMicros,
    @JsonPropertyDescription("Errors by kind.") RequestErrors errors,
    @JsonPropertyDescription(
            "CPU time, memory and threads of the target in the measured part. Absent for stages"
                + " of about 2 seconds or less.")
        UsageStatus usage,
    @JsonPropertyDescription("How simultaneously the workers started.") StartStatus start,
    @JsonPropertyDescription("How well the load generator kept up.") GeneratorStatus generator,
    @JsonPropertyDescription("How much the figures varied from second to second.")
        StabilityStatus stability,
    @JsonPropertyDescription("Restarts of the target's containers since it was deployed.")
        Integer restarts,
    @JsonPropertyDescription(
            "Terminations of the target's containers because of memory (OOMKilled), at most the"
                + " last two of each container: Kubernetes does not record more.")
        Integer oomKills,
    @JsonPropertyDescription("Number of attempts at this step, aborted ones not counted.")
        Integer attempts,
    @Size(max = 16) @JsonPropertyDescription("Consistency checks that the figures violate.")
        List<Violation> violations,
    @Size(max = Bounds.WORD_LENGTH)
        @JsonPropertyDescription("Measured, or why this row has no figures.")
        String reason,
    @Size(max = Bounds.MESSAGE_LENGTH)
        @JsonPropertyDescription("Explanation of the reason and of the verdict, as text.")
        String message,
    @Size(max = 16) @JsonPropertyDescription("What to consider when reading the figures.")
        List<@Size(max = Bounds.WORD_LENGTH) String> warnings,
    @JsonPropertyDescription("Passed, Failed, Inconclusive or Error: see status.verdict.")
        Verdict verdict) {

  public ResultRow {
    violations = Defaults.list(violations);
    warnings = Defaults.list(warnings);
  }
}
