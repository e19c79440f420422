package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Where a run is and what came of it; written whole by the operator. */
@JsonClassDescription("Where the run is and what came of it; written by the operator.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record BenchmarkRunStatus(
    @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,
    @Size(max = Bounds.TIME_LENGTH)
        @JsonPropertyDescription(
            "When the run was admitted, RFC 3339; its spec is fixed from then on.")
        String startTime,
    @Size(max = Bounds.TIME_LENGTH) @JsonPropertyDescription("When the run ended, RFC 3339.")
        String completionTime,
    @Size(max = Bounds.DURATION_LENGTH)
        @JsonPropertyDescription(
            "Duration that the plan is expected to take, from the first start to the end of the"
                + " last"
                + " step.")
        String plannedDuration,
    @JsonPropertyDescription(
            "Summary of the conditions, for printer columns and field selectors: Pending, Queued,"
                + " Preparing, Running, Suspended or Finished. Queued runs start by creation time, in"
                + " whole seconds, then by namespace and name.")
        Phase phase,
    @JsonPropertyDescription(
            "Passed, Failed (measured, an SLO missed), Inconclusive (measured, not to be"
                + " trusted) or"
                + " Error (could not be measured). The worst of the rows.")
        Verdict verdict,
    @Size(max = 16)
        @ListKeys("type")
        @JsonPropertyDescription("The truth about the run, each with its reason.")
        List<RunCondition> conditions,
    @JsonPropertyDescription("The step in work.") ProgressStatus progress,
    @JsonPropertyDescription("The environment as declared and found.")
        EnvironmentStatus environment,
    @Size(max = 50)
        @ListKeys("target")
        @JsonPropertyDescription(
            "The targets, best first: those that keep every SLO by throughput, then the others.")
        List<RankedTarget> ranking,
    @Size(max = Bounds.ROWS)
        @ListKeys({"target", "stage"})
        @JsonPropertyDescription("One row a target and stage, at most 100.")
        List<ResultRow> results,
    @JsonPropertyDescription("Figures as text, for the columns of kubectl get only.")
        DisplayStatus display,
    @JsonPropertyDescription("Where the full results are.") ResultIndex resultIndex) {

  public BenchmarkRunStatus {
    conditions = Defaults.list(conditions);
    ranking = Defaults.list(ranking);
    results = Defaults.list(results);
  }

  /**
   * Whether a version of Podium wrote it that kept the progress of a run in another form, so that
   * this version cannot continue the run. Every version since writes the count of aborted attempts.
   */
  public boolean lacksKnownProgress() {
    return startTime != null
        && phase != Phase.FINISHED
        && (progress == null
            || progress.attempt() == null
            || progress.attempt().abortedAttempts() == null);
  }
}
