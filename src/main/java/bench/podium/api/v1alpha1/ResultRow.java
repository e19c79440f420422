package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The figures of one stage against one target; without figures if it could not be measured. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
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
            "Microseconds between the earliest and the latest first request of the workers.")
        Long startSkewMicros,
    @JsonPropertyDescription("By how much the clocks may falsify the skew, in microseconds.")
        Long startSkewErrorMicros,
    @JsonPropertyDescription(
            "How much of the time the connections waited for a reply, in thousandths: the sum over"
                + " workers of throughput x mean latency as measured, divided by the connections"
                + " (Little's law), and the time that they waited for replies which were late or never"
                + " came. Absent with keepAlive: false, with connect, read or write errors, and with"
                + " fewer than 10 replies a connection.")
        Integer connectionUtilizationPermille,
    @JsonPropertyDescription(
            "How much of the time a thread of the engine could have run and had no core, in"
                + " thousandths: of the thread and the worker where that was most. Absent where the"
                + " kernel keeps no account of it.")
        Integer generatorWaitPermille,
    @JsonPropertyDescription(
            "How much later than they should 99 of 100 requests of an open load went at most, in"
                + " microseconds: the generator's own part of the latency.")
        Long sendDelayMicros,
    @JsonPropertyDescription(
            "Connections of an open load that the target had closed before a request was written, and"
                + " that were replaced. Absent where there was none.")
        Long reconnects,
    @JsonPropertyDescription(
            "Standard deviation of the 99th percentiles of the single seconds, in microseconds."
                + " Absent for Wrk without a probe, and for stages beyond 10 minutes.")
        Long p99JitterMicros,
    @JsonPropertyDescription(
            "Seconds in a thousand whose 99th percentile lies above three times the median of all"
                + " seconds' and above the SLO's limit, or in which a closed load had no reply at all."
                + " For Wrk without a probe only the latter are known.")
        Integer spikePermille,
    @JsonPropertyDescription(
            "Thousandths of a core that the target used on average, all replicas together. This and"
                + " the next three are absent for stages of hardly more than 2 seconds.")
        Long cpuMillicores,
    @JsonPropertyDescription(
            "Resident memory of the target's processes at most, in bytes, once a second; of several"
                + " replicas the sum of each one's most.")
        Long memoryMaxBytes,
    @JsonPropertyDescription("Threads of the target's processes at most.") Integer threadsMax,
    @JsonPropertyDescription(
            "Replies for each second of CPU time that the target used: what a machine shared with"
                + " the load bends least.")
        Long requestsPerCpuSecond,
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
