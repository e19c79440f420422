package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** What is collected of the targets beside the figures. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectSpec(
    @Default("true")
        @JsonPropertyDescription(
            "Whether the end of the log of a target's container that ended is read: its last line for"
                + " the row and the event, its last 20 lines (at most 8 KiB) for the results. Values of"
                + " deploy.env and of headers in this run are replaced by [redacted]; other secrets"
                + " are not known to Podium. false: no line of a target's log is read. Default: true.")
        Boolean crashLogs) {

  public CollectSpec {
    crashLogs = Defaults.or(crashLogs, true);
  }
}
