package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How well the load generator kept up in a step. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GeneratorStatus(
    @JsonPropertyDescription(
            "Share of the time in which the connections of a closed load waited for a reply, in"
                + " thousandths: the sum over workers of throughput x mean measured latency, divided by"
                + " the connections (Little's law), plus the time waited for replies that were late or"
                + " never came. Absent with keepAlive: false, with connect, read or write errors, and"
                + " with fewer than 10 replies per connection.")
        Integer connectionUtilizationPermille,
    @JsonPropertyDescription(
            "Share of the time in which a thread of the engine was ready to run but had no"
                + " core, in thousandths: the largest value of all threads and workers. Absent if the"
                + " kernel does not account for it.")
        Integer cpuWaitPermille,
    @JsonPropertyDescription(
            "99th percentile, in microseconds, of the delay with which requests of an open load were"
                + " sent after their scheduled time: the generator's own part of the latency.")
        Long sendDelayMicros,
    @JsonPropertyDescription(
            "Connections of an open load that were replaced because the target had closed them"
                + " before a request was written. Absent if there were none.")
        Long reconnects) {}
