package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** What is collected from the targets in addition to the measurements. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectSpec(
    @Default("true")
        @JsonPropertyDescription(
            "Whether the log of a terminated container of a target is read: its last line goes"
                + " into the row and the Event, its last 20 lines (at most 8 KiB) into the results."
                + " Values of deploy.env and of headers of this run are replaced by [redacted];"
                + " Podium does not know other secrets. false: no line of a target's log is read."
                + " Default: true.")
        Boolean crashLogs) {

  public CollectSpec {
    crashLogs = Defaults.or(crashLogs, true);
  }
}
