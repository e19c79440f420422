package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** State and results of a run; the operator always writes the whole status. */
@JsonClassDescription("State and results of the run; written by the operator.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record BenchmarkRunStatus(
    @JsonPropertyDescription("Generation of the spec that this status is based on.")
        Long observedGeneration,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "When the run was admitted, RFC 3339; from then on its spec is immutable except for"
                + " cancel, cleanup, deadline and suspend.")
        String startTime,
    @Size(max = Bounds.TIME_LENGTH) @JsonPropertyDescription("When the run ended, RFC 3339.")
        String completionTime,
    @Size(max = Bounds.DURATION_LENGTH)
        @JsonPropertyDescription(
            "Expected duration of the plan, from the first start to the end of the last step.")
        String plannedDuration,
    @JsonPropertyDescription(
            "Summary of the conditions, for printer columns and field selectors: Pending,"
                + " Queued, Preparing, Running, Suspended or Finished. Queued runs start in order of"
                + " creation, in whole seconds, then by namespace and name.")
        Phase phase,
    @JsonPropertyDescription(
            "Passed, Failed (an SLO was missed, or no reply was good), Inconclusive (measured,"
                + " but not reliable, or ended on request) or Error (could not be measured): the"
                + " worst verdict of all rows.")
        Verdict verdict,
    @Size(max = 16)
        @ListKeys("type")
        @JsonPropertyDescription(
            "The conditions of the run, each with its reason: the authoritative state.")
        List<RunCondition> conditions,
    @JsonPropertyDescription("The step in progress; absent once the run has finished.")
        ProgressStatus progress,
    @JsonPropertyDescription("Hash of the declared environment.") EnvironmentStatus environment,
    @Size(max = 50)
        @ListKeys("target")
        @JsonPropertyDescription(
            "The targets, best first: those that meet every SLO by throughput, then the others.")
        List<RankedTarget> ranking,
    @Size(max = Bounds.ROWS)
        @ListKeys({"target", "stage"})
        @JsonPropertyDescription("One row per target and stage, at most 100.")
        List<ResultRow> results,
    @JsonPropertyDescription(
            "Figures formatted for the columns of kubectl get only; programs should read"
                + " results.")
        DisplayStatus display,
    @JsonPropertyDescription("The ConfigMap that lists the full results.")
        ResultIndex resultIndex) {

  public BenchmarkRunStatus {
    conditions = Defaults.list(conditions);
    ranking = Defaults.list(ranking);
    results = Defaults.list(results);
  }

  /**
   * Whether an earlier version of Podium wrote the progress in a form that this version cannot
   * continue from. Every later version writes the number of aborted attempts, so its absence
   * identifies the earlier form.
   */
  public boolean hasUnsupportedProgress() {
    return startTime != null
        && phase != Phase.FINISHED
        && (progress == null
            || progress.attempt() == null
            || progress.attempt().abortedAttempts() == null);
  }
}
